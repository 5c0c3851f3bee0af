import { recall, remember } from './remembered'

/** The themes that tokens.css knows. */
export const THEMES = ['dark', 'paper', 'contrast'] as const
export type Theme = (typeof THEMES)[number]

const lightSystem = '(prefers-color-scheme: light)'
const strongSystem = '(prefers-contrast: more)'

/** The theme that the reader chose before; null when none was. */
function rememberedTheme(): Theme | null {
  const remembered = recall('theme')
  return THEMES.find((theme) => theme === remembered) ?? null
}

/** The theme that fits the settings of the system. */
function systemTheme(): Theme {
  if (matchMedia(strongSystem).matches) return 'contrast'
  return matchMedia(lightSystem).matches ? 'paper' : 'dark'
}

/** What the reader chose; null while the system decides. */
let chosen: Theme | null = null

/** The theme of a room that has one of its own; null elsewhere. */
let ofRoom: Theme | null = null

/** Puts the theme in force on the page, its address bar included. */
function showTheme() {
  const page = document.documentElement
  page.dataset.theme = ofRoom ?? chosen ?? systemTheme()
  const colour = getComputedStyle(page).getPropertyValue('--bg').trim()
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', colour)
}

/** The theme in force now. */
export function currentTheme(): Theme {
  return chosen ?? systemTheme()
}

/** Takes this theme from now on, and on later visits where the choice can be kept: then true. Null follows the system. */
export function chooseTheme(theme: Theme | null): boolean {
  chosen = theme
  showTheme()
  return remember('theme', theme)
}

/** Shows this theme while a room is there, and forgets it with null: what the reader chose is kept. */
export function themeOfRoom(theme: Theme | null): void {
  ofRoom = theme
  showTheme()
}

/** Shows the remembered theme, or the system's, and follows the system from here on. Call once. */
export function startTheme() {
  chosen = rememberedTheme()
  showTheme()
  for (const query of [lightSystem, strongSystem]) matchMedia(query).addEventListener('change', showTheme)
}
