import { ENTRY_FIELDS } from '../../arch/entry-fields'

/** Number and short name over a bit column. */
export const BitHead = ({ bit, short }: { readonly bit: number; readonly short: string }) => (
  <>
    <span className="page-head-number">{bit === 63 ? '' : bit}</span> <span className="page-head-short">{short}</span>
  </>
)

/** Heads over all bit columns, for words outside a table. */
export const BitHeads = () => (
  <div className="stratum-bits">
    {ENTRY_FIELDS.map(({ bit, short, name }) => (
      <div key={bit} className={`page-head-bit page-head-bit-${bit}`}>
        <BitHead bit={bit} short={short} />
        <span className="page-head-long">{bit === 8 ? 'bit 8' : name}</span>
      </div>
    ))}
  </div>
)
