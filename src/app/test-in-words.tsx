import { notation, type Predicate } from '../arch/predicate'

/** The test as the picture's wires show it, for who does not see them. */
export function TestInWords({ predicate }: { readonly predicate: Predicate }) {
  return <p className="sr-only">{`The test is ${notation(predicate)}.`}</p>
}
