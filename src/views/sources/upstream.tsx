import type { Place, Rule } from '../../trace/rule-book'
import { commitById, commitLink, fileLink, LINUX_TAG, MANUAL_LINK, treeText } from '../../trace/upstream'
import { OutwardLink } from '../ui/outward-link'

/** Where a rule comes from: files with their functions, sections of the manual, commits by number. */
export function Upstream({ rule }: { readonly rule: Rule }) {
  return (
    <ul className="grid content-start gap-1 text-note text-ink-2">
      {rule.places.map((place) => (
        <li key={place.file}>
          <FileLine place={place} at={place.at ?? LINUX_TAG} />
        </li>
      ))}
      {rule.manual.length > 0 && (
        <li>
          <OutwardLink href={MANUAL_LINK}>Intel SDM 3A</OutwardLink>, {rule.manual.join(', ')}
        </li>
      )}
      {rule.commits.length > 0 && (
        <li>
          {rule.commits.length > 1 ? 'commits ' : 'commit '}
          {rule.commits.map(({ id, recalled }, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <CommitLink id={id} />
              {recalled && ' (recalled)'}
            </span>
          ))}
        </li>
      )}
    </ul>
  )
}

/** A file upstream with the functions meant in it, at a tag or commit. */
export function FileLine({ place, at }: { readonly place: Pick<Place, 'file' | 'names'>; readonly at: string }) {
  return (
    <span className="wrap-anywhere">
      <OutwardLink href={fileLink(place.file, at)}>
        <code>{place.file}</code>
      </OutwardLink>
      {place.names.length > 0 && <code>: {place.names.join(', ')}</code>}
      <span className="whitespace-nowrap"> · {treeText(place.file, at)}</span>
    </span>
  )
}

function CommitLink({ id }: { readonly id: string }) {
  return (
    <OutwardLink href={commitLink(commitById(id))}>
      <code>{id}</code>
    </OutwardLink>
  )
}

/** Commits with what each did. One whose id was not looked up says so. */
export function CommitList({ ids }: { readonly ids: readonly string[] }) {
  return (
    <ul className="grid gap-1 text-label">
      {ids.map((id) => {
        const { what, recalled } = commitById(id)
        return (
          <li key={id}>
            <CommitLink id={id} />: {what}
            {recalled && <span className="text-ink-2"> (The id is recalled, not looked up.)</span>}
          </li>
        )
      })}
    </ul>
  )
}
