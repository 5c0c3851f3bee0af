import { blockOf } from './part-picture'

/**
 * A figure of the screen as a picture that needs nothing of the page: every look is written at its element, and the letters come
 * along. Where the figure is an SVG, so is the picture, and what is not in it (the ring where the CPU stands) is drawn into it.
 * Any other figure is a part of a page within an SVG, which browsers draw, and drawing programs do not.
 */
export interface FigurePicture {
  readonly svg: string
  readonly width: number
  readonly height: number
}

/** What CSS gives to the elements of a figure, by the name that it has as an attribute. */
const LOOKS = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
]
const AIR = 24
const SVG = 'http://www.w3.org/2000/svg'

/** The letters of the figures, as text to be written into a picture. */
const FONTS: readonly (readonly [family: string, weight: string, load: () => Promise<{ readonly default: string }>])[] =
  [
    ['Plex Mono', '400', () => import('./fonts/ibm-plex-mono-latin-400-normal.woff2?inline')],
    ['Plex Mono', '500', () => import('./fonts/ibm-plex-mono-latin-500-normal.woff2?inline')],
    ['Plex Mono', '600', () => import('./fonts/ibm-plex-mono-latin-600-normal.woff2?inline')],
    ['Plex Sans', '400', () => import('./fonts/ibm-plex-sans-latin-400-normal.woff2?inline')],
    ['Plex Sans', '600', () => import('./fonts/ibm-plex-sans-latin-600-normal.woff2?inline')],
  ]

/** The figures that are on the screen now, each by its name. A part of the page is one that says `data-picture`. */
export function shownFigures(): ReadonlyMap<string, Element> {
  const figures = [...document.querySelectorAll<HTMLElement | SVGElement>('[data-room] [data-picture]')]
  return new Map(figures.filter((each) => each.checkVisibility()).map((each) => [each.dataset.picture!, each]))
}

/** The figure as it is drawn now, with where it comes from written into it. */
export const pictureOf = (figure: Element, source: string): Promise<FigurePicture> =>
  figure instanceof SVGSVGElement ? pictureOfDrawing(figure, source) : pictureOfPart(figure as HTMLElement, source)

/** Of a part of the page. */
async function pictureOfPart(part: HTMLElement, source: string): Promise<FigurePicture> {
  const ground = getComputedStyle(part).getPropertyValue('--bg')
  const { block, width, height } = blockOf(part, AIR, ground)
  const [drawing, frame] = [
    element('svg', { width, height, viewBox: `0 0 ${width} ${height}` }),
    element('foreignObject', { width, height }),
  ]
  frame.append(block)
  drawing.append(
    element('title', {}, part.dataset.picture ?? ''),
    element('desc', {}, source),
    element('style', {}, await fontRules([part, ...part.querySelectorAll('*')])),
    frame,
  )
  return { svg: new XMLSerializer().serializeToString(drawing), width, height }
}

/** Of a figure that is an SVG. */
async function pictureOfDrawing(figure: SVGSVGElement, source: string): Promise<FigurePicture> {
  const drawn = [...figure.querySelectorAll<SVGElement>('*')]
  const copy = figure.cloneNode(true) as SVGSVGElement
  const copies = [...copy.querySelectorAll<SVGElement>('*')]
  for (const [index, element] of drawn.entries()) copyLook(element, copies[index]!)
  const { x, y, width, height } = figure.getBBox()
  const box = [x - AIR, y - AIR, width + 2 * AIR, height + 2 * AIR].map(Math.round)
  for (const name of copy.getAttributeNames()) if (name !== 'aria-label') copy.removeAttribute(name)
  const [left = 0, top = 0, wide = 0, high = 0] = box
  setAll(copy, { xmlns: SVG, viewBox: box.join(' '), width: wide, height: high })
  copy.append(...ringsOf(figure))
  copy.prepend(
    element('title', {}, figure.getAttribute('aria-label') ?? ''),
    element('desc', {}, source),
    element('style', {}, await fontRules(drawn)),
    element('rect', {
      x: left,
      y: top,
      width: wide,
      height: high,
      fill: getComputedStyle(figure).getPropertyValue('--bg'),
    }),
  )
  return { svg: new XMLSerializer().serializeToString(copy), width: wide, height: high }
}

function copyLook(from: SVGElement, to: SVGElement): void {
  const look = getComputedStyle(from)
  for (const name of ['class', 'style', ...to.getAttributeNames().filter((each) => each.startsWith('data-'))])
    to.removeAttribute(name)
  setAll(to, Object.fromEntries(LOOKS.map((name) => [name, look.getPropertyValue(name)])))
}

/** The rings that lie over the figure. */
function ringsOf(figure: SVGSVGElement): readonly SVGElement[] {
  const origin = figure.getBoundingClientRect()
  return [...(figure.parentElement?.querySelectorAll<HTMLElement>(':scope > .fp-ring') ?? [])].map((ring) => {
    const { left, top, width, height } = ring.getBoundingClientRect()
    const { borderTopWidth, borderTopColor, borderTopLeftRadius } = getComputedStyle(ring)
    const line = Number.parseFloat(borderTopWidth)
    return element('rect', {
      x: left - origin.left + line / 2,
      y: top - origin.top + line / 2,
      width: width - line,
      height: height - line,
      rx: Math.min(Number.parseFloat(borderTopLeftRadius), (width - line) / 2),
      fill: 'none',
      stroke: borderTopColor,
      'stroke-width': line,
    })
  })
}

/** The fonts that its texts are set in. */
async function fontRules(drawn: readonly Element[]): Promise<string> {
  const texts = drawn.filter((each) => each.textContent !== '').map((each) => getComputedStyle(each))
  const used = FONTS.filter(([family, weight]) =>
    texts.some(({ fontFamily, fontWeight }) => fontFamily.includes(family) && fontWeight === weight),
  )
  const rules = used.map(async ([family, weight, load]) => {
    const { default: address } = await load()
    return `@font-face{font-family:"${family}";font-weight:${weight};src:url(${address})}`
  })
  return (await Promise.all(rules)).join('')
}

function element(name: string, attributes: Readonly<Record<string, string | number>>, text = ''): SVGElement {
  const made = document.createElementNS(SVG, name)
  setAll(made, attributes)
  made.textContent = text
  return made
}

function setAll(target: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, String(value))
}

export const asSvgFile = ({ svg }: FigurePicture): Blob => new Blob([svg], { type: 'image/svg+xml' })

/** How much finer than the screen. */
const FINER = 2

/** The picture in pixels. Rejects where the browser cannot draw it. */
export async function asPngFile(picture: FigurePicture): Promise<Blob> {
  const image = new Image()
  // Not as a Blob: a canvas into which such a picture with a part of a page was drawn gives nothing back.
  image.src = `data:image/svg+xml,${encodeURIComponent(picture.svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = picture.width * FINER
  canvas.height = picture.height * FINER
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture came of it'))), 'image/png'),
  )
}
