/** @typedef {Record<string, string>} Row */

/** A cell between commas: plain, or in quotes and then with commas of its own. */
const CELL = /(?:^|,)(?:"([^"]*)"|([^,"]*))(?=,|$)/g

/** Lines of a CSV as objects by the names in its head. */
export function readCsv(/** @type {string} */ text) {
  const [head = '', ...lines] = text.trimEnd().split('\n')
  const names = head.split(',')
  return lines.map((line, index) => {
    const fields = line.includes('"')
      ? [...line.matchAll(CELL)].map(([, quoted, plain]) => quoted ?? plain)
      : line.split(',')
    if (fields.length !== names.length)
      throw new Error(`Line ${index + 2}: ${fields.length} fields, not ${names.length}.`)
    return /** @type {Row} */ (Object.fromEntries(names.map((name, at) => [name, fields[at]])))
  })
}
