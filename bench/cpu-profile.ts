import type { Page } from 'playwright-core'

/** How many functions are printed. */
const SHOWN = 14

/** Carry out some work with the page's profiler on, and print the functions that took most time themselves. */
export async function profiled(page: Page, work: () => Promise<void>): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Profiler.enable')
  await cdp.send('Profiler.setSamplingInterval', { interval: 200 })
  await cdp.send('Profiler.start')
  await work()
  const { profile } = await cdp.send('Profiler.stop')
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
  const selfMs = new Map<string, number>()
  for (const [index, id] of (profile.samples ?? []).entries()) {
    const name = names.get(id) ?? '?'
    selfMs.set(name, (selfMs.get(name) ?? 0) + (profile.timeDeltas?.[index] ?? 0) / 1000)
  }
  const busy = [...selfMs].filter(([name]) => !/^\((idle|root)\)/.test(name)).toSorted((a, b) => b[1] - a[1])
  for (const [name, ms] of busy.slice(0, SHOWN)) console.log(`    ${ms.toFixed(0).padStart(6)} ms  ${name}`)
  await cdp.detach()
}

const nameOf = ({
  functionName,
  url,
  lineNumber,
}: {
  functionName: string
  url: string
  lineNumber: number
}): string =>
  url.startsWith('http') || /^\((program|garbage collector|idle|root)\)$/.test(functionName)
    ? `${functionName || '(anonymous)'}${url ? `  line ${lineNumber + 1}` : ''}`
    : '(functions of the browser and of what drives it)'
