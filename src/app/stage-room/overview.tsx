import { useStore } from 'zustand'
import { secondsOf } from '../../story/stage/scripts'
import { plain } from '../../story/text'
import type { Stage } from '../../story/stage/stage'
import { minutes, useClock } from './clock'
import { missingIn, SPEAKER_HREF, type Talk } from './start-talk'

/** Every beat of the script by number and sentence; for one window, the clock as well. */
export function Overview({ stage, room }: { readonly stage: Stage; readonly room: Talk['room'] }) {
  const { script, index, startedAt } = useStore(stage.talk)
  const here = useStore(room)
  const missing = missingIn(here)
  const now = useClock()
  return (
    <div className="slide-overview" role="dialog" aria-label="Overview">
      <p>
        {script.title}: {startedAt === null ? 'not begun' : minutes(now - startedAt)} of{' '}
        {minutes(1000 * secondsOf(script.beats))}
      </p>
      <ol data-long={script.beats.length > 14}>
        {script.beats.map(({ key, words, cut }, place) => (
          <li key={key} aria-current={place === index ? 'step' : undefined}>
            <button type="button" onClick={() => stage.goTo(place)}>
              <span>{place + 1}</span>
              <span>{plain(words.says, () => '…')}</span>
              {cut && <span className="slide-cut">can be cut</span>}
            </button>
          </li>
        ))}
      </ol>
      {(here.blocked || missing.length > 0) && (
        <p className="slide-missing">
          {missing.join(' ')}
          {here.blocked && (
            <>
              {' '}
              The speaker window was blocked:{' '}
              <a href={SPEAKER_HREF} target="_blank" rel="opener">
                open it here
              </a>
            </>
          )}
        </p>
      )}
    </div>
  )
}
