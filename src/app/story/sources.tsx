import { commitById, commitLink } from '../../trace/upstream'
import type { Beat, Known, SourceRef } from '../../story/beat'
import { OutwardLink } from '../../views/ui/outward-link'
import { ruleById } from '../rule-books'
import { Upstream } from '../../views/sources/upstream'
import { Told } from './told'

/** Every sentence that stands behind a beat, each with where it comes from. */
export default function Sources({ beat, known }: { readonly beat: Beat; readonly known: Known }) {
  return (
    <ul className="story-facts">
      {Object.entries(beat.words.facts).map(([id, text]) => (
        <li key={id}>
          <p>
            <Told text={text} numbers={beat.numbers} known={known} />
          </p>
          {(beat.facts as Readonly<Record<string, readonly SourceRef[]>>)[id]!.map((source) => (
            <Source key={JSON.stringify(source)} source={source} />
          ))}
        </li>
      ))}
    </ul>
  )
}

function Source({ source }: { readonly source: SourceRef }) {
  if ('rule' in source) {
    const found = ruleById(source.rule)
    return (
      <div className="story-source">
        <a href={`#/model?rule=${source.rule}`}>Rule {source.rule}</a>
        {found && <Upstream rule={found} />}
      </div>
    )
  }
  if ('commit' in source) {
    const found = commitById(source.commit)
    return (
      <p className="story-source">
        <OutwardLink href={commitLink(found)}>commit {found.id}</OutwardLink> {found.what}
      </p>
    )
  }
  return (
    <p className="story-source">
      {source.href.startsWith('#') ? (
        <a href={source.href}>{source.title}</a>
      ) : (
        <OutwardLink href={source.href}>{source.title}</OutwardLink>
      )}
    </p>
  )
}
