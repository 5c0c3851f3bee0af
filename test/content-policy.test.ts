import { expect, test } from 'vitest'
import { contentPolicy, hashSource, withPolicy } from '../scripts/content-policy.mjs'

const SOURCES = { scripts: [], styles: [], fonts: [], images: [], workers: [], manifests: [], policies: [] }

test('what a page has no source for, it may not have', () => {
  const policy = contentPolicy({ ...SOURCES, scripts: [hashSource('go()')] })
  // Computed by: printf 'go()' | openssl dgst -sha256 -binary | base64
  expect(policy).toContain("script-src 'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='")
  expect(policy).toMatch(/^default-src 'none'; /)
  expect(policy).not.toContain('style-src')
})

test('the policy stands before everything that it holds, or the build fails', () => {
  const html = '<head>\n    <meta charset="utf-8" />\n    <script></script></head>'
  expect(withPolicy(html, "default-src 'none'")).toBe(
    `<head>\n    <meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="default-src 'none'" />\n    <script></script></head>`,
  )
  expect(() => withPolicy('<head></head>', '')).toThrow('how its characters are written')
})
