import { test as base, expect } from '@playwright/test'

/** Whether the address leaves this machine; data: and blob: addresses never do. */
function isForeign(address: string, home: string) {
  const { protocol, host } = new URL(address)
  return /^(https?|wss?):$/.test(protocol) && host !== new URL(home).host
}

/** Not every browser tells the test what it refused because of the page's policy: the page does. */
function sayRefusals() {
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
    console.error(`refused by the policy of the page: ${violatedDirective} ${blockedURI} ${sample}`)
  })
}

/**
 * Every test fails by itself when the page asks another host, tries what its Content Security Policy forbids, writes an error to
 * the console, or throws.
 */
export const test = base.extend<{ guard: void }>({
  guard: [
    async ({ context, baseURL }, use) => {
      const trouble: string[] = []
      context.on('request', (request) => {
        if (isForeign(request.url(), baseURL ?? '')) trouble.push(`request to another host: ${request.url()}`)
      })
      context.on('console', (message) => {
        if (message.type() === 'error') trouble.push(`console error: ${message.text()}`)
      })
      await context.addInitScript(sayRefusals)
      context.on('weberror', (webError) => trouble.push(`page error: ${webError.error().message}`))
      await use()
      expect(trouble, 'no foreign requests, nothing against the policy, no console errors, no page errors').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
