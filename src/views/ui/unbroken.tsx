/** The text, with no line break inside a shortened word like …165. */
export function Unbroken({ text }: { readonly text: string }) {
  return text.split(/(…[0-9a-f]{3})/).map((part, index) =>
    index % 2 === 1 ? (
      // The parts of a sentence have no other identity than their place.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={index} className="whitespace-nowrap">
        {part}
      </span>
    ) : (
      part
    ),
  )
}
