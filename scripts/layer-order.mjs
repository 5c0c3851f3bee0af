// The layers of src/. A module may import from its own layer and from those left of it, never from the right.

export const LAYERS = [
  'arch',
  'kernel',
  'xen',
  'machine',
  'trace',
  'decode',
  'clinic',
  'explore',
  'store',
  'story',
  'views',
  'app',
  'specimens',
]

/** The layers without React, DOM, timers, chance and packages: the machine and all that can be said about it. */
export const CORE = LAYERS.slice(0, LAYERS.indexOf('store'))
