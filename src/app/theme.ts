/** The themes that tokens.css knows. */
export const THEMES = ['dark', 'paper', 'contrast'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'one-bit-two-names.theme'
const lightSystem = '(prefers-color-scheme: light)'
const strongSystem = '(prefers-contrast: more)'

/** The theme that the reader chose before; null when none was, or when storage is forbidden. */
function rememberedTheme(): Theme | null {
  try {
    const remembered = localStorage.getItem(KEY)
    return THEMES.find((theme) => theme === remembered) ?? null
  } catch {
    return null
  }
}

/** Keeps the choice for the next visit, or forgets it; does nothing when storage is forbidden. */
function rememberTheme(theme: Theme | null) {
  try {
    if (theme) localStorage.setItem(KEY, theme)
    else localStorage.removeItem(KEY)
  } catch {
    // The choice then holds until the page is closed.
  }
}

/** The theme that fits the settings of the system. */
function systemTheme(): Theme {
  if (matchMedia(strongSystem).matches) return 'contrast'
  return matchMedia(lightSystem).matches ? 'paper' : 'dark'
}

/** What the reader chose; null while the system decides. */
let chosen: Theme | null = null

/** Puts the theme in force on the page, its address bar included. */
function showTheme() {
  const page = document.documentElement
  page.dataset.theme = chosen ?? systemTheme()
  const colour = getComputedStyle(page).getPropertyValue('--bg').trim()
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', colour)
}

/** The theme in force now. */
export function currentTheme(): Theme {
  return chosen ?? systemTheme()
}

/** Takes this theme from now on and on later visits; null goes back to following the system. */
export function chooseTheme(theme: Theme | null) {
  chosen = theme
  rememberTheme(theme)
  showTheme()
}

/** Shows the remembered theme, or the system's, and follows the system from here on. Call once. */
export function startTheme() {
  chosen = rememberedTheme()
  showTheme()
  for (const query of [lightSystem, strongSystem]) matchMedia(query).addEventListener('change', showTheme)
}
