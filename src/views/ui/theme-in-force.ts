import { useSyncExternalStore } from 'react'

/** All that the colours of the page hang on, as one text: whoever draws by hand draws again when it changes. */
export const useThemeInForce = (): string => useSyncExternalStore(followTheme, themeInForce)

const forced = () => matchMedia('(forced-colors: active)')

const themeInForce = (): string => `${document.documentElement.dataset.theme ?? ''} ${forced().matches}`

function followTheme(changed: () => void): () => void {
  const watched = new MutationObserver(changed)
  watched.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const media = forced()
  media.addEventListener('change', changed)
  return () => {
    watched.disconnect()
    media.removeEventListener('change', changed)
  }
}
