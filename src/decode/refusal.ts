const MEND = 'Mend it there, or record again with the capture tool.'

/** Why a text cannot be taken, and what to do. Thrown and caught inside this layer only. */
export class Refusal extends Error {
  constructor(reason: string, advice = MEND) {
    super(`${reason}. ${advice}`)
  }
}

/** A piece of a reader's text, short enough for a message. */
export function quoted(text: string): string {
  const plain = text.replaceAll(/[^\x20-\x7e\u00a0-\uffff]/g, '·')
  return `“${plain.length > 40 ? `${plain.slice(0, 40)}…` : plain}”`
}

/** A count with its thousands apart. */
export const grouped = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',')
