import { fromHex, type Pte } from '../arch/pte'

/** Why a text cannot be taken; its message says what to do. Thrown and caught inside this layer only. */
export class Refusal extends Error {}

/** JSON out of a text of at most `most` characters. */
export function jsonOf(text: string, most: number): unknown {
  if (text.length > most) throw new Refusal(`it has ${text.length} characters, and ${most} is the most that is read`)
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new Refusal('it is no complete JSON, so it may have been cut short')
  }
}

/** The members of a JSON object. */
export function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal(`${what} is no object`)
  return value as Record<string, unknown>
}

/** The elements of a JSON array, `length` of them where that is given. */
export function listOf(value: unknown, what: string, length?: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new Refusal(`${what} is no list`)
  if (length !== undefined && value.length !== length) {
    throw new Refusal(`${what} has ${value.length} parts instead of ${length}`)
  }
  return value
}

export function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string' || value.length > 1000) throw new Refusal(`${what} is no text`)
  return value
}

/** One of these texts. */
export function oneOf<T extends string>(choices: readonly T[], value: unknown, what: string): T {
  const found = choices.find((choice) => choice === value)
  if (found === undefined) throw new Refusal(`${what} is none of ${choices.join(', ')}`)
  return found
}

/** A whole number from `least` to `most`. */
export function countOf(value: unknown, what: string, least: number, most: number): number {
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number) || number < least || number > most) {
    throw new Refusal(`${what} is no whole number from ${least} to ${most}`)
  }
  return number
}

/** A 64-bit word in hexadecimal digits. */
export function wordOf(value: unknown, what: string): Pte {
  const word = typeof value === 'string' && /^[0-9a-f]{1,16}$/.test(value) ? fromHex(value) : null
  if (!word) throw new Refusal(`${what} is no word of 1 to 16 hexadecimal digits`)
  return word
}

/** A number in hexadecimal digits, below `limit`. */
export function hexOf(value: unknown, what: string, limit: number): number {
  const word = wordOf(value, what)
  const number = word.hi * 2 ** 32 + word.lo
  if (number >= limit) throw new Refusal(`${what} is beyond ${limit.toString(16)}`)
  return number
}

/** 1, 0 or null as yes, no or unknown. */
export const flagOf = (value: unknown, what: string): boolean | null =>
  value === null ? null : countOf(value, what, 0, 1) === 1
