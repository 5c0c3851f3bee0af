/** Ways in which a browser may have no workers, and a script that makes it so. */
export const BROKEN_WORKERS = [
  ['is forbidden', 'window.Worker = class { constructor() { throw new Error("forbidden") } }'],
  [
    'fails',
    'window.Worker = class extends EventTarget { postMessage() { this.dispatchEvent(new Event("error")) } terminate() {} }',
  ],
] as const
