import { Fragment, useState } from 'react'
import type { Access } from '../../arch/error-code'
import type { NextTouch } from '../../clinic/next-touch'
import type { Reading } from '../../clinic/reading'
import { frameText } from '../../clinic/report'
import { answerText, isSick } from '../../clinic/say'
import { noun } from '../../trace/access-sentences'

interface Props {
  readonly readings: readonly Reading[]
  /** Ids of readers whose answer is not the writer's. */
  readonly differing: readonly string[]
  /** Id of the reader who wrote the word. */
  readonly writer: string | null
  readonly access: Access
  readonly hrefOfRule: (rule: string) => string
}

/** One row for each reader of page tables. A row opens to all that it says. */
export function ReaderTable({ readings, differing, writer, access, hrefOfRule }: Props) {
  const [open, setOpen] = useState<string | null>(null)
  const writers = readings.find(({ reader }) => reader === writer)
  const touchOf = ({ next }: Reading) => next.find((each) => each.access === access)
  const own = writers && JSON.stringify(touchOf(writers))
  return (
    <div className="clinic-scroll">
      <table className="clinic-readers">
        <caption className="sr-only">What each reader makes of the word</caption>
        <thead>
          <tr>
            <th scope="col">reader</th>
            <th scope="col">is it mapped?</th>
            <th scope="col">bit 8</th>
            <th scope="col">frame</th>
            <th scope="col">the next {noun(access)}</th>
          </tr>
        </thead>
        <tbody>
          {readings.map((reading) => {
            const { reader, title, mapped, bit8, frame } = reading
            const differs = differing.includes(reader)
            const shown = open === reader
            return (
              <Fragment key={reader}>
                <tr data-writer={reader === writer} data-differs={differs} data-open={shown}>
                  <th scope="row">
                    <button type="button" aria-expanded={shown} onClick={() => setOpen(shown ? null : reader)}>
                      {title}
                    </button>
                    {reader === writer && <span className="sr-only">, taken for the writer</span>}
                    {differs && <span className="sr-only">, differs from the writer</span>}
                  </th>
                  <td data-head="mapped">{mapped}</td>
                  <td data-head="bit 8">{bit8}</td>
                  <td data-head="frame">
                    <code>{frameText(frame)}</code>
                  </td>
                  <td data-head={`next ${noun(access)}`}>
                    {reader !== writer && JSON.stringify(touchOf(reading)) === own ? (
                      <span className="text-ink-2">the same</span>
                    ) : (
                      <Answers touch={touchOf(reading)} />
                    )}
                  </td>
                </tr>
                {shown && (
                  <tr className="clinic-more">
                    <td colSpan={5}>
                      <More reading={reading} hrefOfRule={hrefOfRule} />
                    </td>
                  </tr>
                )}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** What a touch comes to; where that hangs on something, line by line. */
function Answers({ touch }: { readonly touch: NextTouch | undefined }) {
  if (!touch || touch.answers.length === 0) return <>–</>
  return (
    <ul className="clinic-answers">
      {touch.answers.map((answer) => (
        <li key={`${answerText(answer)} ${answer.when.join()}`} data-sick={isSick(answer)}>
          {answerText(answer)}
          {answer.when.length > 0 && <span className="clinic-when"> {answer.when.join('; ')}</span>}
        </li>
      ))}
    </ul>
  )
}

function More({
  reading: { notes, rules, next },
  hrefOfRule,
}: {
  readonly reading: Reading
  readonly hrefOfRule: (rule: string) => string
}) {
  return (
    <div className="clinic-more-in">
      {next.map((touch) => (
        <div key={touch.access}>
          <b>The next {noun(touch.access)}: </b>
          <Answers touch={touch} />
        </div>
      ))}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <p>
        Rules:{' '}
        {rules.map((rule, index) => (
          <Fragment key={rule}>
            {index > 0 && ', '}
            <a href={hrefOfRule(rule)}>{rule}</a>
          </Fragment>
        ))}
      </p>
    </div>
  )
}
