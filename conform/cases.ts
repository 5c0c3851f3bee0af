import { toHex } from '../src/arch/pte'
import { OutOfFrames } from '../src/kernel/frames'
import { leafOf, type Machine } from '../src/machine/machine'
import { carryOut, type Carried } from './carried'
import type { Episode } from './episode'
import { FrameMatch } from './frame-match'
import type { JsonLine } from './json-lines'
import type { Place } from './kernels'
import { OPERATIONS, returnCode } from './operations'
import { problemOfStart, StartingPoints } from './starting-points'
import { readPlace } from './step-row'
import { Tally, type Verdict } from './verdict'
import { problemOfSequence } from './verdicts'

const LINE_FIELDS = ['on', 'vma', 'init', 'page', 'pte0', 'seq', 'ops', 'final', 'hints']
const FAULT_FIELDS = ['ec', 'fn', 'before', 'after', 'out', 'vmf', 'copied', 'newpage', 'hint']
const ACCESS_FIELDS = ['op', 'faults', 'res', 'pte']
const OTHER_FIELDS = ['op', 'rc', 'before', 'after', 'fn', 'child', 'scanned']

/** Hold every trace against the core: each fault of each access, and every other operation, on all places it names. */
export function judgeCases(lines: readonly JsonLine[], file: string): Verdict {
  const tally = new Tally()
  const starts = new StartingPoints()
  for (const json of lines) {
    noteUnknown(tally, json, LINE_FIELDS)
    const start = { vma: json.text('vma'), init: json.text('init'), page: json.text('page') }
    const ops = json.objects('ops')
    const problem = problemOfStart(start) ?? problemOfSequence(ops.map((op) => op.text('op')))
    const places = json.texts('on').map((name) => readPlace(json, name))
    if (!places.length) json.refuse('on: at least one kernel and platform is needed')
    if (json.text('seq') !== ops.map((op) => op.text('op')).join(',')) json.refuse('seq: other operations than in ops')
    if (problem) {
      tally.leaveOut(json.line, problem)
      continue
    }
    for (const place of places) {
      try {
        new Trace(tally, json, place, starts.at(start, place)).compare(ops)
      } catch (error) {
        if (!(error instanceof OutOfFrames)) throw error
        tally.leaveOut(json.line, error.message)
      }
    }
  }
  return tally.verdict(file, lines.length)
}

function noteUnknown(tally: Tally, json: JsonLine, known: readonly string[]): void {
  for (const name of json.names) if (!known.includes(name)) tally.doNotCompare(name, 'unknown here')
}

/** One trace on one kernel and platform. It is compared up to the first operation that comes out differently. */
class Trace {
  private readonly tally: Tally
  private readonly json: JsonLine
  private readonly place: Place
  private readonly machine: Machine
  private readonly frames: FrameMatch
  /** The operation at hand, and whether all so far is well. */
  private at = ''
  private good = true

  constructor(tally: Tally, json: JsonLine, place: Place, machine: Machine) {
    this.tally = tally
    this.json = json
    this.place = place
    this.machine = machine
    this.frames = new FrameMatch(place.kernel)
  }

  compare(ops: readonly JsonLine[]): void {
    const hintsBefore = this.hints()
    this.word(this.json, 'pte0', leafOf(this.machine, 0, 0))
    let last = 'completed'
    for (const [index, op] of ops.entries()) {
      this.at = `${index + 1} ${op.text('op')} `
      const operation = OPERATIONS.get(op.text('op'))!
      const returned = returnCode(this.machine, operation)
      const carried = carryOut(this.machine, operation)
      if (operation.do === 'access') this.access(op, carried)
      else this.operation(op, carried, returned)
      last = carried.ending
      if (!this.good) return
      if (last !== 'completed') break
    }
    this.at = ''
    this.text('final', this.json.text('final'), last)
    this.text('hints', String(this.json.integer('hints')), String(this.hints() - hintsBefore))
  }

  private hints(): number {
    return this.machine.world.get(this.machine.counters.hintFaults)
  }

  private access(op: JsonLine, { episodes, ending, entry }: Carried): void {
    noteUnknown(this.tally, op, ACCESS_FIELDS)
    const faults = op.objects('faults')
    this.text('faults', String(faults.length), String(episodes.length))
    for (const [index, fault] of faults.entries()) {
      const episode = episodes[index]
      if (episode) this.fault(fault, episode)
    }
    this.text('res', op.text('res'), ending)
    this.word(op, 'pte', entry)
  }

  private fault(fault: JsonLine, episode: Episode): void {
    noteUnknown(this.tally, fault, FAULT_FIELDS)
    this.text('ec', String(fault.flags('ec')), String(episode.error))
    this.text('fn', fault.texts('fn').join(' '), episode.functions.join(' '))
    this.word(fault, 'before', episode.before)
    this.word(fault, 'after', episode.after)
    this.text('out', fault.text('out'), episode.out)
    this.integer(fault, 'vmf', episode.vmFault)
    this.integer(fault, 'copied', episode.copied)
    this.integer(fault, 'newpage', episode.newPages)
    this.integer(fault, 'hint', episode.hints)
  }

  private operation(op: JsonLine, { episodes, ending }: Carried, returned: number): void {
    noteUnknown(this.tally, op, OTHER_FIELDS)
    const [episode] = episodes
    this.text('end', 'completed', ending)
    if (!episode) return
    this.integer(op, 'rc', returned)
    this.word(op, 'before', episode.before)
    this.word(op, 'after', episode.after)
    this.text('fn', op.texts('fn').join(' '), episode.functions.join(' '))
    if (op.text('op') === 'scan') this.integer(op, 'scanned', episode.scanned)
    if (op.text('op') !== 'fork') return
    const child = leafOf(this.machine, 1, 0)
    if (op.has('child')) this.word(op, 'child', child)
    else this.text('child', toHex({ lo: 0, hi: 0 }), toHex(child))
  }

  private integer(json: JsonLine, name: string, got: number): void {
    this.text(name, String(json.integer(name)), String(got))
  }

  private word(json: JsonLine, name: string, got: Parameters<typeof toHex>[0]): void {
    const expected = json.word(name)
    this.text(name, toHex(expected), this.frames.translate(expected, got))
  }

  private text(name: string, expected: string, got: string): void {
    const place = `${this.place.name} ${this.json.text('seq')}: ${this.at}${name}`
    if (!this.tally.compare(this.json.line, place, expected, got)) this.good = false
  }
}
