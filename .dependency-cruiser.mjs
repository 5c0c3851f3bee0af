// Turns the order of layers into rules for dependency-cruiser. `npm run layers` reads them.
import { CORE, LAYERS } from './scripts/layer-order.mjs'

/** Matches every file in one of these layers. */
const within = (...layers) => `^src/(${layers.join('|')})/`

/** One rule for each layer: nothing to the right of it. */
const leftOnly = LAYERS.slice(0, -1).map((layer, place) => ({
  name: `${layer}-imports-left-only`,
  severity: 'error',
  from: { path: within(layer) },
  to: { path: within(...LAYERS.slice(place + 1)) },
}))

const rules = [
  ...leftOnly,
  {
    name: 'views-take-props',
    comment: 'A view gets props and tells events; only the app reads the store.',
    severity: 'error',
    from: { path: within('views') },
    to: { path: within('store', 'app') },
  },
  {
    name: 'core-has-no-packages',
    comment: 'The core runs anywhere: no React, no zustand, no Node, nothing installed. Its tests may.',
    severity: 'error',
    from: { path: within(...CORE), pathNot: '\\.test\\.tsx?$' },
    to: { dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown', 'core', 'unknown', 'undetermined'] },
  },
  {
    name: 'no-circles',
    severity: 'error',
    from: { path: '^src/' },
    to: { circular: true },
  },
  {
    name: 'nothing-unresolved',
    severity: 'error',
    from: { path: '^src/' },
    to: { couldNotResolve: true, pathNot: '\\?(raw|url|worker)|^virtual:' },
  },
]

export default {
  forbidden: rules,
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
}
