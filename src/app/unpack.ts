/** In the one file that is carried: unpacks the styles and the program, and starts it. No module imports this. */

interface PolicyFactory {
  createPolicy(name: string, rules: { createScript(text: string): string }): { createScript(text: string): string }
}

const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory }
// Whatever it lets through must still have the hash that the page's policy names.
const policy = trustedTypes?.createPolicy('unpack', { createScript: (text) => text })

async function unpacked(id: string): Promise<string> {
  const element = document.getElementById(id)!
  const bytes = Uint8Array.from(atob(element.textContent), (character) => character.charCodeAt(0))
  element.remove()
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).text()
}

async function start(): Promise<void> {
  const style = document.createElement('style')
  style.textContent = await unpacked('styles')
  const script = document.createElement('script')
  script.type = 'module'
  const program = await unpacked('program')
  script.text = policy?.createScript(program) ?? program
  document.head.append(style, script)
}

start().catch((error: unknown) => {
  const root = document.getElementById('root')!
  root.textContent = `This file could not be unpacked (${String(error)}). Copy it anew, or open it in a browser of 2023 or later.`
})
