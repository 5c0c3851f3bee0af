/** Does the page stand in another one, and is it asked to keep what it tells to itself at first? */
export function embedOf(search: string): 'no' | 'open' | 'spoiler' {
  const asked = new URLSearchParams(search).get('embed')
  return asked === null ? 'no' : asked === 'spoiler' ? 'spoiler' : 'open'
}

const quoted = (text: string): string => `"${text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`

/** What another page writes to show this address; `embedOf` reads it there. */
export function embedCode(link: string, title: string, spoiler: boolean): string {
  const source = new URL(link)
  source.search = spoiler ? 'embed=spoiler' : 'embed'
  return `<iframe title=${quoted(title)} src=${quoted(source.href)} width="1000" height="700"></iframe>`
}
