import { fromHex, type Pte } from '../src/arch/pte'
import { MalformedInput } from './malformed'

/** One JSON object of a file, read field by field; a field of the wrong kind is malformed input. */
export class JsonLine {
  readonly file: string
  readonly line: number
  private readonly fields: Readonly<Record<string, unknown>>

  constructor(file: string, line: number, fields: Readonly<Record<string, unknown>>) {
    this.file = file
    this.line = line
    this.fields = fields
  }

  get names(): readonly string[] {
    return Object.keys(this.fields)
  }

  has(name: string): boolean {
    return Object.hasOwn(this.fields, name)
  }

  /** Stop: this line makes no sense. */
  refuse(problem: string): never {
    throw new MalformedInput(this.file, this.line, problem)
  }

  text(name: string): string {
    const value = this.fields[name]
    return typeof value === 'string' ? value : this.refuse(`${name}: a text is needed`)
  }

  integer(name: string): number {
    const value = this.fields[name]
    return Number.isSafeInteger(value) ? (value as number) : this.refuse(`${name}: an integer is needed`)
  }

  texts(name: string): readonly string[] {
    const value = this.fields[name]
    const good = Array.isArray(value) && value.every((each) => typeof each === 'string')
    return good ? (value as string[]) : this.refuse(`${name}: a list of texts is needed`)
  }

  /** A list of JSON objects, each read as the line itself is. */
  objects(name: string): readonly JsonLine[] {
    const value = this.fields[name]
    const good = Array.isArray(value) && value.every(isObject)
    if (!good) return this.refuse(`${name}: a list of JSON objects is needed`)
    return value.map((each) => new JsonLine(this.file, this.line, each))
  }

  /** A JSON object, read as the line itself is; null where null is there. */
  object(name: string): JsonLine | null {
    const value = this.fields[name]
    if (value === null) return null
    return isObject(value)
      ? new JsonLine(this.file, this.line, value)
      : this.refuse(`${name}: a JSON object or null is needed`)
  }

  /** A 64-bit word written as '0x…'. */
  word(name: string): Pte {
    const text = this.text(name)
    const word = /^0x[0-9a-f]{1,16}$/i.test(text) ? fromHex(text) : null
    return word ?? this.refuse(`${name}: a hex word is needed, ${JSON.stringify(text)} is there`)
  }

  /** A hex number of at most 32 bits. */
  flags(name: string): number {
    const { lo, hi } = this.word(name)
    return hi === 0 ? lo : this.refuse(`${name}: more than 32 bits`)
  }
}

/** Read a file with one JSON object a line. */
export function parseJsonLines(text: string, file: string): readonly JsonLine[] {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines.map((text, index) => new JsonLine(file, index + 1, parseObject(text, file, index + 1)))
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseObject(text: string, file: string, line: number): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new MalformedInput(file, line, 'this is no JSON')
  }
  if (!isObject(value)) throw new MalformedInput(file, line, 'a JSON object is needed')
  return value
}
