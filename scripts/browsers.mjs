// Where a real browser is on this machine. Only looks; ensure-browser.mjs is the one that installs.
import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { ROOT } from './run.mjs'

/**
 * A browser that is there, and how it was found.
 * @typedef {{ path: string, why: string }} Found
 */

/** Quiet, sandbox-free and offline: the background look-ups of a fresh Chromium are refused on closed networks. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The folder where ensure-browser.mjs unpacks a Chromium from the npm registry. */
export const NPM_CHROMIUM_FOLDER = join(ROOT, '.cache', 'npm-chromium')

const CHROMIUM_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'msedge',
]

const WINDOWS_FOLDERS = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]

/**
 * These places in every Windows programs folder, none elsewhere.
 * @param {string[]} places
 */
function inWindowsFolders(...places) {
  return WINDOWS_FOLDERS.flatMap((folder) => (folder ? places.map((place) => join(folder, place)) : []))
}

/**
 * The first of these programs that PATH leads to.
 * @param {string[]} names
 */
export function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return folders.flatMap((folder) => names.map((name) => join(folder, name + suffix))).find(isExecutable)
}

/**
 * Whether this file is there and may be run.
 * @param {string} file
 */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The Chromium that Playwright downloaded for itself, when that download is there. */
function playwrightChromium() {
  try {
    const path = createRequire(import.meta.url)('@playwright/test').chromium.executablePath()
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/**
 * The Chromium, Chrome or Edge to test with: named by hand, then installed, then downloaded earlier.
 * @returns {Found | undefined}
 */
export function findChromium() {
  const byHand = process.env.CHROMIUM_PATH
  if (byHand) return { path: byHand, why: 'CHROMIUM_PATH names it' }

  const installed = onPath(CHROMIUM_NAMES)
  if (installed) return { path: installed, why: 'installed, on PATH' }

  const usual = [
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ...inWindowsFolders('Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'),
  ].find(isExecutable)
  if (usual) return { path: usual, why: 'installed, in a usual place' }

  const managed = playwrightChromium()
  if (managed) return { path: managed, why: 'downloaded by Playwright' }

  const fromNpm = join(NPM_CHROMIUM_FOLDER, 'run')
  if (isExecutable(fromNpm)) return { path: fromNpm, why: 'unpacked from the npm registry' }
  return undefined
}

/**
 * Stock Firefox, driven over WebDriver BiDi; not Playwright's patched build.
 * @returns {Found | undefined}
 */
export function findFirefox() {
  const byHand = process.env.FIREFOX_PATH
  if (byHand) return { path: byHand, why: 'FIREFOX_PATH names it' }

  const installed = onPath(['firefox-esr', 'firefox'])
  if (installed) return { path: installed, why: 'installed, on PATH' }

  const usual = [
    '/snap/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    ...inWindowsFolders('Mozilla Firefox/firefox.exe'),
  ].find(isExecutable)
  return usual ? { path: usual, why: 'installed, in a usual place' } : undefined
}
