// Opens a page in the reader's own browser, where there is a screen to show it on.
import { spawn } from 'node:child_process'

/** Whether a window could appear here. */
function hasScreen() {
  if (process.env.CI) return false
  if (process.platform === 'darwin' || process.platform === 'win32') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/**
 * The system's own command that opens an address.
 * @param {string} address
 * @returns {[string, string[]]}
 */
function openCommand(address) {
  if (process.platform === 'darwin') return ['open', [address]]
  if (process.platform === 'win32') return ['cmd', ['/c', 'start', '', address]]
  return ['xdg-open', [address]]
}

/**
 * Opens the address, or quietly does nothing: the address is on the screen anyway.
 * @param {string} address
 */
export function openInBrowser(address) {
  if (!hasScreen()) return
  const [program, args] = openCommand(address)
  const opener = spawn(program, args, { stdio: 'ignore', detached: true })
  opener.on('error', () => console.log(`  (${program} could not open a browser: open the address by hand.)`))
  opener.unref()
}
