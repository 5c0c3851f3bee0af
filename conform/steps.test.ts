import { describe, expect, it } from 'vitest'
import { parseJsonLines } from './json-lines'
import { readPacked } from './packed'
import { judgeSteps } from './steps'
import { verdictText } from './verdict'

const FILE = 'steps.jsonl'
const ROWS = 1786
const lines = parseJsonLines(readPacked(FILE), FILE)

describe('every single step that was computed', () => {
  it(`${FILE}: ${ROWS} faults, forks, scans and mprotects agree, on each kernel and platform they name`, () => {
    const verdict = judgeSteps(lines, FILE)
    console.log(verdictText(verdict))
    expect(verdict.disagreements.length, verdictText(verdict)).toBe(0)
    expect(verdict.rows).toBe(ROWS)
    expect(verdict.agreeing).toBe(ROWS)
    expect(verdict.notCovered.map(({ what }) => what)).toEqual(['rc'])
  })
})
