import type { Page } from 'playwright-core'

/** What one interaction took, in milliseconds. */
export interface Taken {
  /** From the event in the page until the page has handed the next frame over. */
  readonly toPaint: number
  /** What the page's main thread did meanwhile, all in all; and of that the scripts, the style and the layout. */
  readonly task: number
  readonly script: number
  readonly style: number
  readonly layout: number
}

export interface Clock {
  readonly time: (act: () => Promise<void>) => Promise<Taken>
}

declare global {
  interface Window {
    /** Milliseconds of the latest interaction, once it has been painted; null until then. */
    painted: number | null
  }
}

/** Put a clock into the page that starts at a click and stops behind the frame that follows. */
export async function watchPaints(page: Page): Promise<Clock> {
  await page.evaluate(() => {
    window.painted = null
    const { port1, port2 } = new MessageChannel()
    let began = 0
    port1.addEventListener('message', () => (window.painted = performance.now() - began))
    port1.start()
    // A message sent from the frame's own callback arrives after that frame's style, layout and painting.
    addEventListener(
      'click',
      (event) => {
        began = event.timeStamp
        requestAnimationFrame(() => port2.postMessage(null))
      },
      { capture: true },
    )
  })
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  const spent = async (): Promise<(name: string) => number> => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    return (name) => 1000 * (metrics.find((each) => each.name === name)?.value ?? Number.NaN)
  }
  return {
    async time(act) {
      await page.evaluate(() => (window.painted = null))
      const before = await spent()
      await act()
      const painted = await page.waitForFunction(() => window.painted, null, { polling: 20 })
      const after = await spent()
      const during = (name: string): number => after(name) - before(name)
      return {
        toPaint: (await painted.jsonValue()) ?? Number.NaN,
        task: during('TaskDuration'),
        script: during('ScriptDuration'),
        style: during('RecalcStyleDuration'),
        layout: during('LayoutDuration'),
      }
    },
  }
}
