import { defineConfig, devices, type PlaywrightTestConfig } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium, findFirefox } from './scripts/browsers.mjs'

const port = Number(process.env.E2E_PORT ?? 4273)
const address = `http://127.0.0.1:${port}/`

const chromium = findChromium()
const firefox = findFirefox()

/** Rooms whose greeting was dismissed in an earlier visit. */
const greeted = ['lab', 'proof', 'model', 'clinic', 'stage'].map((room) => ({
  name: `one-bit-two-names.intro-${room}`,
  value: 'seen',
}))

type Projects = NonNullable<PlaywrightTestConfig['projects']>

const chromiumProject: Projects[number] = {
  name: 'chromium',
  use: {
    ...devices['Desktop Chrome'],
    launchOptions: { args: CHROMIUM_ARGS, ...(chromium && { executablePath: chromium.path }) },
    // One page for all tests of a worker, emptied between them: storage, routes, init scripts, emulation. The app's scripts
    // are compiled once, not in every test.
    reuseContext: true,
  },
}

// Stock Firefox over WebDriver BiDi cannot emulate media or downloads: specs that need them are named *.chromium.spec.ts.
const firefoxProject: Projects = firefox
  ? [
      {
        name: 'firefox',
        testIgnore: /\.chromium\.spec\.ts$/,
        use: {
          browserName: 'firefox',
          channel: 'moz-firefox',
          viewport: { width: 1280, height: 720 },
          launchOptions: { executablePath: firefox.path, firefoxUserPrefs: { 'ui.prefersReducedMotion': 1 } },
        },
      },
    ]
  : []

export default defineConfig({
  testDir: 'e2e',
  outputDir: '.cache/e2e',
  // Each test has a page of its own, so two run side by side; more would only wait for the processor.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // A busy machine is slow, and no test is about that.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    baseURL: address,
    serviceWorkers: 'block',
    // The lines that greet a reader in each room have been read; the test of the lines themselves forgets that.
    storageState: { cookies: [], origins: [{ origin: new URL(address).origin, localStorage: greeted }] },
    trace: 'off',
    contextOptions: { reducedMotion: 'reduce' },
  },
  // Serves the folder dist as it is: build first. Never somebody else's server on the same port.
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: address,
    reuseExistingServer: false,
    timeout: 60_000,
  },
  projects: [chromiumProject, ...firefoxProject],
})
