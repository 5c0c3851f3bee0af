// A part of the page copied so that it looks the same where no style sheet is. Of two libraries for this, one loses the looks of
// drawings, and the other writes HTML as text, which the page's policy on trusted types refuses.

/** What a child takes from its parent unless it says otherwise. */
const INHERITED =
  'color visibility font-family font-size font-weight font-style font-feature-settings font-variant-numeric line-height ' +
  'letter-spacing text-align text-transform text-indent white-space overflow-wrap word-break writing-mode list-style-type ' +
  'border-collapse border-spacing fill stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin text-anchor ' +
  'dominant-baseline'

const OWN =
  'position top right bottom left z-index box-sizing width height min-width min-height max-width max-height ' +
  'margin-top margin-right margin-bottom margin-left padding-top padding-right padding-bottom padding-left ' +
  'border-top border-right border-bottom border-left border-top-left-radius border-top-right-radius ' +
  'border-bottom-left-radius border-bottom-right-radius outline outline-offset box-shadow background-color ' +
  'background-image background-size background-position background-repeat opacity overflow clip-path transform ' +
  'transform-origin translate rotate vertical-align text-decoration text-overflow row-gap column-gap flex flex-flow order ' +
  'align-items align-content align-self justify-items justify-content justify-self grid-template-columns ' +
  'grid-template-rows grid-row grid-column grid-auto-flow aspect-ratio'

const [inherited, own] = [INHERITED, OWN].map((names) => names.split(' ')) as [string[], string[]]

/** The part as a block of this size, with so much air around it on this ground. */
export function blockOf(
  part: HTMLElement,
  air: number,
  ground: string,
): { block: HTMLElement; width: number; height: number } {
  const box = part.getBoundingClientRect()
  const [width, height] = [box.width + 2 * air, box.height + 2 * air].map(Math.ceil) as [number, number]
  const plain = document.body.appendChild(document.createElement('div'))
  plain.style.setProperty('all', 'initial')
  const block = document.createElement('div')
  lay(block, {
    padding: `${air}px`,
    width: `${width}px`,
    height: `${height}px`,
    'box-sizing': 'border-box',
    background: ground,
  })
  const copy = copyOf(part, getComputedStyle(plain), getComputedStyle(plain))
  if (copy instanceof HTMLElement) lay(copy, { position: 'relative', inset: 'auto', margin: '0' })
  if (copy) block.append(copy)
  plain.remove()
  return { block, width, height }
}

const lay = ({ style }: ElementCSSInlineStyle, looks: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(looks)) style.setProperty(name, value)
}

/** A node of the part with all that is in it; null where nothing of it is seen. `around` is the look of what it stands in. */
function copyOf(node: Node, plain: CSSStyleDeclaration, around: CSSStyleDeclaration): Node | null {
  if (node instanceof Text) return node.cloneNode()
  if (!(node instanceof HTMLElement || node instanceof SVGElement)) return null
  const look = getComputedStyle(node)
  if (look.display === 'none' || node.classList.contains('sr-only')) return null
  const copy = emptyCopyOf(node)
  write(copy, look, plain, around)
  const children = [
    generated(node, '::before', plain, look),
    ...[...node.childNodes].map((child) => copyOf(child, plain, look)),
    generated(node, '::after', plain, look),
  ]
  copy.append(...children.filter((child) => child !== null))
  return copy
}

/**
 * Whatever is not drawn by itself becomes a plain block, for which no browser has a look of its own; a button stays one, for what is in it stands
 * in its middle.
 */
function emptyCopyOf(node: HTMLElement | SVGElement): HTMLElement | SVGElement {
  if (node instanceof SVGElement) {
    const copy = node.cloneNode(false) as SVGElement
    for (const name of copy.getAttributeNames())
      if (inherited.includes(name) || /^(class|style|role|tabindex|data-.*|aria-.*)$/.test(name))
        copy.removeAttribute(name)
    return copy
  }
  if (node instanceof HTMLCanvasElement) {
    const image = document.createElement('img')
    image.src = node.toDataURL()
    return image
  }
  const copy = document.createElement(node instanceof HTMLButtonElement ? 'button' : 'div')
  if (node instanceof HTMLInputElement && node.type === 'text') copy.textContent = node.value
  if (node instanceof HTMLSelectElement) copy.textContent = node.selectedOptions[0]?.text ?? ''
  return copy
}

/** Of most only what differs from a plain block's look is written, or from what stands around it. */
function write(
  copy: HTMLElement | SVGElement,
  look: CSSStyleDeclaration,
  plain: CSSStyleDeclaration,
  around: CSSStyleDeclaration,
): void {
  const hasLooks = copy instanceof HTMLButtonElement
  const set = (name: string, usual: CSSStyleDeclaration): void => {
    const value = look.getPropertyValue(name)
    if (hasLooks || value !== usual.getPropertyValue(name)) copy.style.setProperty(name, value)
  }
  copy.style.setProperty('display', look.display)
  for (const name of inherited) set(name, around)
  for (const name of own) set(name, plain)
}

/** What a style sheet puts before or behind the content; null where it puts nothing there. */
function generated(
  node: Element,
  place: '::before' | '::after',
  plain: CSSStyleDeclaration,
  around: CSSStyleDeclaration,
): Node | null {
  const look = getComputedStyle(node, place)
  const content = look.getPropertyValue('content')
  if (['none', 'normal', ''].includes(content) || look.display === 'none') return null
  const copy = document.createElement('div')
  copy.textContent = /^"(.*)"$/s.exec(content)?.[1] ?? ''
  write(copy, look, plain, around)
  return copy
}
