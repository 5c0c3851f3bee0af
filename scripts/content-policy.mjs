// The Content Security Policy of the built pages: scripts and styles of our own only, nothing inline that is not named by its hash, and no connection to anybody.
import { createHash } from 'node:crypto'

/**
 * What a page is made of, as sources of a policy.
 * @typedef {{ scripts: string[], styles: string[], fonts: string[], images: string[], workers: string[], manifests: string[], policies: string[] }} Sources
 */

/** The policy that lets code of the app name a script by its address: src/store/trusted-script.ts makes it. */
export const APP_POLICY = 'one-bit-two-names'

/**
 * The name of an inline script or style in a policy.
 * @param {string} text
 */
export const hashSource = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/**
 * The policy as a browser reads it.
 * @param {Sources} sources
 */
export function contentPolicy({ scripts, styles, fonts, images, workers, manifests, policies }) {
  const directives = {
    'default-src': ["'none'"],
    'script-src': scripts,
    'style-src': styles,
    'font-src': fonts,
    'img-src': images,
    'worker-src': workers,
    'manifest-src': manifests,
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'require-trusted-types-for': ["'script'"],
    'trusted-types': policies,
  }
  return Object.entries(directives)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
}

/** Of the page that is served: its files come from where it came from itself. */
const SERVED = contentPolicy({
  scripts: ["'self'"],
  styles: ["'self'"],
  fonts: ["'self'"],
  images: ["'self'", 'data:', 'blob:'],
  workers: ["'self'"],
  manifests: ["'self'"],
  policies: [APP_POLICY],
})

/**
 * The page's head with the policy as early as it can be: right after the line that says how its characters are written.
 * @param {string} html
 * @param {string} policy
 */
export function withPolicy(html, policy) {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`
  const held = html.replace(/<meta charset="utf-8" \/>/, (charset) => `${charset}\n    ${meta}`)
  if (held === html) throw new Error('index.html does not say how its characters are written')
  return held
}

/**
 * Puts the policy into every page that is built.
 * @returns {import('vite').Plugin}
 */
export function servedPolicy() {
  return {
    name: 'served-policy',
    apply: 'build',
    transformIndexHtml: { order: 'post', handler: (html) => withPolicy(html, SERVED) },
  }
}
