/** Input that cannot be read: says where, as compilers do, and what is wrong there. */
export class MalformedInput extends Error {
  readonly file: string
  readonly line: number

  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`)
    this.name = 'MalformedInput'
    this.file = file
    this.line = line
  }
}
