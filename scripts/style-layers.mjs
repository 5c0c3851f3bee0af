// A stylesheet lies in the cascade layer of its folder, so that it does not matter in which order scripts fetch them.

/** The folders whose styles are layers, weakest first; theme.css names the same. */
export const STYLE_LAYERS = ['views', 'app']

const STYLESHEET = new RegExp(`/src/(${STYLE_LAYERS.join('|')})/(?!tokens|theme)[\\w/-]+\\.css$`)

/** @returns {import('vite').Plugin} */
export function styleLayers() {
  return {
    name: 'style-layers',
    enforce: 'pre',
    transform(code, id) {
      const layer = STYLESHEET.exec(id.split('?', 1)[0] ?? '')?.[1]
      return layer ? `@layer ${layer} {\n${code}\n}` : null
    },
  }
}
