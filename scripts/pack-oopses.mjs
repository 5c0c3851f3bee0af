// `node scripts/pack-oopses.mjs FOLDER`: packs the page-fault lines of the oopses in FOLDER/{xen,bare}/oops.txt and the walk in
// FOLDER/xen/xen_pagetable_walk_sample.txt into src/clinic/samples.txt, each under a head of its own. Registers, code and call
// traces are left out; every line that is kept is as it was recorded.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run.mjs'

/** Lines of an oops that say what fault it was, on what entries, and in which kernel. */
const KEPT = [
  /BUG: /,
  /#PF: /,
  /\] PGD /,
  /\] Oops: /,
  /\] CPU: .* Comm: /,
  /\] RIP: [0-9a-f]{4}:[a-z]/,
  /\] CS: /,
  /\] CR2: [0-9a-f]+ CR3: /,
]
/** Of Xen's report: the fault, the walk, and whose it is. */
const KEPT_OF_XEN = [/Unhandled: vec/, /Pagetable walk/, / L[1-4]\[0x/, /CPU: /, /CONTEXT: /, /cr2: /, /\bcs: /]

const OOPSES = 5

const kept = (/** @type {string} */ text, /** @type {RegExp[]} */ patterns) =>
  text.split('\n').filter((line) => patterns.some((pattern) => pattern.test(line)))

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('Usage: node scripts/pack-oopses.mjs FOLDER')
  process.exit(2)
}

const ABOUT = {
  xen: 'Linux 6.1.0-56-amd64 (Debian 6.1.192-2), dom0 of Xen 4.17.7, a 64-bit PV guest, in QEMU 7.2.22 without KVM, November 2026',
  bare: 'Linux 6.1.0-56-amd64 (Debian 6.1.192-2), nothing below it, in QEMU 7.2.22 without KVM, November 2026',
}

const parts = Object.entries(ABOUT).flatMap(([machine, about]) => {
  const oopses = readFileSync(join(folder, machine, 'oops.txt'), 'utf8').split(/\n(?=.*about to (?:READ|WRITE))/)
  if (oopses.length !== OOPSES) throw new Error(`${machine}/oops.txt has ${oopses.length} oopses, not ${OOPSES}.`)
  return oopses.map((oops, index) => [`## ${machine} ${index + 1} ${about}`, ...kept(oops, KEPT)])
})
const walk = readFileSync(join(folder, 'xen', 'xen_pagetable_walk_sample.txt'), 'utf8')
parts.push([
  `## walk 1 Xen 4.17.7, printed as it crashed its dom0, in QEMU 7.2.22 without KVM, November 2026`,
  ...kept(walk, KEPT_OF_XEN),
])

const text = `${parts.map((lines) => lines.join('\n')).join('\n')}\n`
writeFileSync(join(ROOT, 'src', 'clinic', 'samples.txt'), text)
console.log(`${parts.length} samples, ${text.length} bytes`)
