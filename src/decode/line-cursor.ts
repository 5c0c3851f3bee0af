/** Blanks, and the ends of lines, which count as blanks inside of one. */
const isBlank = (code: number): boolean => code <= 32

/** The value of a hexadecimal digit; -1 for any other character. */
function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

/** Reads the fields of one line in place: a million lines leave no pieces of text behind. */
export class LineCursor {
  text = ''
  at = 0
  end = 0
  /** The halves of the number that `hex` read last. */
  lo = 0
  hi = 0
  /** And how many digits it was written with. */
  digits = 0

  /** Stand at the first field of the line that goes from `at` to before `end`. */
  open(text: string, at: number, end: number): void {
    this.text = text
    this.at = at
    this.end = end
    this.skipBlanks()
  }

  get done(): boolean {
    return this.at >= this.end
  }

  /** The character at the cursor as a number; -1 at the end. */
  get code(): number {
    return this.at < this.end ? this.text.charCodeAt(this.at) : -1
  }

  /** The field at the cursor, as text. */
  field(): string {
    const from = this.at
    while (this.at < this.end && !isBlank(this.text.charCodeAt(this.at))) this.at++
    const field = this.text.slice(from, this.at)
    this.skipBlanks()
    return field
  }

  /** All that is left of the line, without blanks at its ends. */
  remainder(): string {
    const rest = this.text.slice(this.at, this.end).trimEnd()
    this.at = this.end
    return rest
  }

  /** Read a field of 1 to 16 hexadecimal digits, with or without 0x; false, and not moved, where it is none. */
  hex(): boolean {
    const { text, end } = this
    let at = this.at
    if (text.charCodeAt(at) === 48 && (text.charCodeAt(at + 1) | 32) === 120) at += 2
    const first = at
    let lo = 0
    let hi = 0
    for (; at < end; at++) {
      const digit = digitOf(text.charCodeAt(at))
      if (digit < 0) break
      hi = ((hi << 4) | (lo >>> 28)) >>> 0
      lo = ((lo << 4) | digit) >>> 0
    }
    const digits = at - first
    if (digits < 1 || digits > 16 || (at < end && !isBlank(text.charCodeAt(at)))) return false
    this.lo = lo
    this.hi = hi
    this.digits = digits
    this.at = at
    this.skipBlanks()
    return true
  }

  /** Read a field of decimal digits, at most nine, as a number; -1, and not moved, where it is none. */
  decimal(): number {
    let at = this.at
    let value = 0
    for (; at < this.end; at++) {
      const digit = this.text.charCodeAt(at) - 48
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    const digits = at - this.at
    if (digits < 1 || digits > 9 || (at < this.end && !isBlank(this.text.charCodeAt(at)))) return -1
    this.at = at
    this.skipBlanks()
    return value
  }

  private skipBlanks(): void {
    while (this.at < this.end && isBlank(this.text.charCodeAt(this.at))) this.at++
  }
}
