import { test as base, expect } from '@playwright/test'

/** Whether the address leaves this machine; data: and blob: addresses never do. */
function isForeign(address: string, home: string) {
  const { protocol, host } = new URL(address)
  return /^(https?|wss?):$/.test(protocol) && host !== new URL(home).host
}

/** Every test fails by itself when the page asks another host, writes an error to the console, or throws. */
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
      context.on('weberror', (webError) => trouble.push(`page error: ${webError.error().message}`))
      await use()
      expect(trouble, 'no foreign requests, no console errors, no page errors').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
