import { createServer, type Server } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { ROOM_IDS } from '../src/store/rooms'
import { expect, test as guarded } from './fixtures'
import { Lab } from './lab'
import { giveTalks } from './talk'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

/** A host that serves the built folder, counts what is asked of it, can bring out a newer version, and can go away. */
class Host {
  readonly asked: string[] = []
  isNewer = false
  address = ''
  readonly #server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host/')
    this.asked.push(pathname)
    const path = pathname === '/' ? '/index.html' : pathname
    this.#content(path).then(
      (content) => {
        response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain', 'cache-control': 'no-store' })
        response.end(content)
      },
      () => response.writeHead(404).end(),
    )
  })

  async #content(path: string): Promise<string | Buffer> {
    const content = await readFile(join('dist', path))
    if (!this.isNewer) return content
    if (path === '/index.html') return String(content).replace('<title>', '<title data-newer>')
    if (path === '/service-worker.js') return String(content).replace(/`[0-9a-f]{16}`/, '`newer`')
    return content
  }

  /** Begins to serve, at a name of this machine. */
  async start(hostname: string): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const address = this.#server.address()
    this.address = `http://${hostname}:${typeof address === 'object' && address ? address.port : 0}/`
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

/** Every test has a host of its own, at a name that a host of the world or of the reader's own machine has. */
const test = guarded.extend<{ hostname: string; host: Host }>({
  hostname: ['talk.localhost', { option: true }],
  host: async ({ hostname }, provide) => {
    const host = new Host()
    await host.start(hostname)
    await provide(host)
    host.stop()
  },
  baseURL: ({ host }, provide) => provide(host.address),
})
test.use({ serviceWorkers: 'allow' })

const about = (page: Page) => page.getByRole('region', { name: 'Without a network' })

/** Opens the help and waits until it says so. */
async function expectOffline(page: Page, state: string) {
  await page.getByRole('button', { name: 'Keys' }).click()
  await expect(about(page).locator('[data-offline]')).toHaveAttribute('data-offline', state)
}

test('the second visit asks for nothing, and every room opens when the host is gone', async ({
  page,
  context,
  host,
}) => {
  await page.goto('./#/lab')
  await expectOffline(page, 'ready')
  const ofFirst = host.asked.length
  const second = await context.newPage()
  await second.goto('./#/lab')
  await expect(second.getByRole('heading', { level: 1, name: 'Lab' })).toBeVisible()
  await second.evaluate(() => document.fonts.ready)
  // Whether there is a newer version is for the browser to ask, and no part of opening the page.
  expect(host.asked.slice(ofFirst).filter((path) => path !== '/service-worker.js')).toEqual([])

  host.stop()
  await context.setOffline(true)
  const lab = new Lab(second)
  await second.reload()
  await lab.press('Run')
  await lab.expectOutcome('endless', 1)
  await lab.scenario('init of the 2015 kernel under Xen')
  await expect(second.getByText('154,508 faults in about 20 s')).toBeVisible()
  for (const room of ROOM_IDS) {
    await lab.follow(`#/${room}`)
    await expect(second.locator(`[data-room="${room}"] h1`).first()).toBeVisible()
    await expect(second.getByRole('button', { name: 'Reload' })).toHaveCount(0)
  }
  await lab.follow('#/proof')
  await expect(second.getByText('Every case checked in')).toBeVisible()
  await expectOffline(second, 'ready')
  const [download] = await Promise.all([
    second.waitForEvent('download'),
    about(second).getByRole('link', { name: 'Download all of it as one file' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('one-bit-two-names.html')
  expect(await readFile((await download.path())!)).toEqual(await readFile('dist/one-bit-two-names.html'))
})

test('both talks go from first to last by PageDown alone when the host is gone', async ({ page, context, host }) => {
  await page.goto('./#/lab')
  await expectOffline(page, 'ready')
  host.stop()
  await context.setOffline(true)
  // A page of its own, as a speaker opens it.
  const talk = await context.newPage()
  await talk.goto('./#/stage')
  await expect(talk.getByRole('heading', { level: 1, name: 'Stage' })).toBeVisible()
  await giveTalks(talk)
})

test('a newer version waits until every page is closed, and disturbs none', async ({
  page,
  context,
  host,
  baseURL,
}) => {
  const isNewer = (which: Page) => which.locator('title[data-newer]').count()
  await page.goto('./#/lab')
  await expectOffline(page, 'ready')
  host.isNewer = true
  const second = await context.newPage()
  await second.goto('./#/lab')
  expect(await isNewer(second)).toBe(0)
  await expect(about(page).getByText('A newer version is here')).toBeVisible()
  await second.reload()
  expect(await isNewer(second)).toBe(0)
  await page.close()
  await second.close()
  const third = await context.newPage()
  await expect(async () => {
    await third.goto('about:blank')
    await third.goto('./#/lab')
    expect(await isNewer(third)).toBe(1)
  }).toPass()
  const names = await third.evaluate(() => caches.keys())
  expect(names).toEqual([`one-bit-two-names ${baseURL} newer`])
})

test.describe('on the machine where it is built', () => {
  test.use({ hostname: '127.0.0.1' })

  test('the newest build is shown, and the kept one when nobody serves it', async ({ page, host }) => {
    await page.goto('./#/lab')
    await expectOffline(page, 'ready')
    host.isNewer = true
    await page.reload()
    await expect(page.locator('title[data-newer]')).toHaveCount(1)
    host.stop()
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: 'Lab' })).toBeVisible()
  })
})
