// Without the guard of the other tests, which looks in each of them that the app does nothing against the policy (fixtures.ts).
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'

/** What each built page says of itself. */
for (const name of ['index.html', 'one-bit-two-names.html']) {
  test(`${name} forbids what is inline without a hash, what is from elsewhere, and every connection`, () => {
    const head = readFileSync(`dist/${name}`, 'utf8').slice(0, 3000)
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)" \/>/.exec(head)?.[1] ?? ''
    const directives = new Map(policy.split('; ').map((each) => [each.split(' ')[0], each.split(' ').slice(1)]))
    expect(directives.get('default-src')).toEqual(["'none'"])
    expect(directives.get('require-trusted-types-for')).toEqual(["'script'"])
    expect(directives.has('connect-src')).toBe(false)
    const allowed = [...directives.values()].flat()
    expect(allowed.filter((each) => /unsafe|http|\*|\/\//.test(each))).toEqual([])
    for (const kind of ['script-src', 'style-src'])
      for (const source of directives.get(kind)!) expect(source).toMatch(/^'(self|sha256-[\w+/]+=)'$/)
  })
}

test('the policy holds: no script, no style, no connection, no markup from a string', async ({ page }) => {
  await page.goto('./#/lab')
  const outcome = await page.evaluate(async () => {
    const refused: string[] = []
    addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective))
    const script = document.createElement('script')
    const style = document.createElement('style')
    style.textContent = 'body { display: none }'
    const image = document.createElement('img')
    image.src = 'https://example.org/x.png'
    document.body.append(style, image)
    const thrown: string[] = []
    const attempts: (() => unknown)[] = [
      () => (document.createElement('p').innerHTML = '<b>x</b>'),
      () => (script.text = 'document.title = "taken over"'),
      () => new Worker('./service-worker.js'),
    ]
    for (const attempt of attempts)
      try {
        attempt()
      } catch (error) {
        thrown.push((error as Error).name)
      }
    await fetch('./icon.svg').catch((error: Error) => thrown.push(error.name))
    await new Promise((resolve) => setTimeout(resolve, 100))
    return { thrown, refused: [...new Set(refused)].toSorted(), shown: getComputedStyle(document.body).display }
  })
  expect(outcome).toEqual({
    thrown: ['TypeError', 'TypeError', 'TypeError', 'TypeError'],
    refused: ['connect-src', 'img-src', 'require-trusted-types-for', 'style-src-elem'],
    shown: 'block',
  })
})
