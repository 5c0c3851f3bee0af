import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { CORE, LAYERS } from '../scripts/layer-order.mjs'
import { readLayers } from '../scripts/layers.mjs'

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

/** A project that holds these files below src/. */
function projectWith(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'layers-'))
  folders.push(folder)
  for (const [path, code] of Object.entries(files)) {
    const file = join(folder, 'src', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, code)
  }
  return folder
}

test('every folder in src is a layer', () => {
  expect(LAYERS).toEqual(expect.arrayContaining(readdirSync('src')))
})

test('the core ends before the store', () => {
  expect(CORE).toEqual(['arch', 'kernel', 'xen', 'machine', 'trace', 'decode', 'clinic', 'explore'])
})

test('imports to the left are allowed', () => {
  const project = projectWith({
    'arch/pte.ts': 'export const present = 1',
    'kernel/fault.ts': "import { present } from '../arch/pte'\nexport const fault = present",
    'views/grid.tsx': "import { fault } from '../kernel/fault'\nexport const grid = fault",
  })
  expect(readLayers(project)).toEqual({ modules: 3, imports: 2, crossings: [] })
})

test('imports to the right, type imports too, into the store from a view, of packages, and in circles are caught', () => {
  const project = projectWith({
    'xen/pv.ts': 'export type Pv = 1',
    'kernel/fault.ts': "import type { Pv } from '../xen/pv'\nexport type Fault = Pv",
    'store/store.ts': 'export const store = 1',
    'views/grid.ts': "import { store } from '../store/store'\nexport const grid = store",
    'arch/world.ts': "import { readFileSync } from 'node:fs'\nexport const read = readFileSync",
    'trace/run.ts': "import { replay } from './replay'\nexport const run = () => replay",
    'trace/replay.ts': "import { run } from './run'\nexport const replay = () => run",
  })
  expect(readLayers(project).crossings.toSorted()).toEqual([
    'core-has-no-packages: src/arch/world.ts imports fs',
    'kernel-imports-left-only: src/kernel/fault.ts imports src/xen/pv.ts',
    'no-circles: src/trace/replay.ts imports src/trace/run.ts',
    'views-take-props: src/views/grid.ts imports src/store/store.ts',
  ])
})
