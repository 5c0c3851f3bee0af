#!/usr/bin/env node
// `node pack.mjs < recording.txt > small.txt`: writes a recording with neighbours that are alike on one line.
import { stdin } from 'node:process'
import { fileURLToPath } from 'node:url'
import { entryLines } from './recording-text.mjs'

/** @typedef {import('./recording-text.mjs').Entry} Entry */

const ENTRY = /^(PGD|PUD|PMD|PTE|UPGD) /
const REPEATED = /\sx\d/

/**
 * The same recording, shorter. Lines that stand for several entries already, and all that are no entries, stay as they are.
 * @param {string} text
 */
export function packed(text) {
  const lines = []
  /** @type {Entry[]} */
  let run = []
  const flush = () => {
    for (const line of entryLines(run)) lines.push(line)
    run = []
  }
  for (const line of text.split('\n')) {
    if (ENTRY.test(line) && !REPEATED.test(line)) run.push(entryOf(line))
    else {
      flush()
      lines.push(line)
    }
  }
  flush()
  return lines.join('\n')
}

/**
 * @param {string} line
 * @returns {Entry}
 */
function entryOf(line) {
  const [level, address, word, frame = '-', ...counts] = line.trim().split(/\s+/)
  const [mapcount, references, node] = [0, 1, 2].map((at) =>
    counts[at] === undefined || counts[at] === '-' ? null : Number(counts[at]),
  )
  return {
    level: /** @type {Entry['level']} */ (level),
    address: BigInt(`0x${address}`),
    word: BigInt(`0x${word}`),
    frame: frame === '-' ? null : BigInt(`0x${frame}`),
    mapcount: mapcount ?? null,
    references: references ?? null,
    node: node ?? null,
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  /** @type {Buffer[]} */
  const pieces = []
  for await (const piece of stdin) pieces.push(piece)
  process.stdout.write(packed(Buffer.concat(pieces).toString('utf8')))
}
