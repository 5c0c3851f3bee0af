/** Full screen for the wall. The browser's own Esc ends it, which a clicker sends too: the next click brings it back. */
interface FullScreen {
  /** In, or out for good. */
  readonly toggle: () => void
  /** In, where it was asked for and is not: the browser ended it, or let no key of another window in. */
  readonly resume: () => void
}

/** `onAnswer` hears each time whether the browser let the page in. */
export function fullScreenOf(page: Document, onAnswer: (refused: boolean) => void): FullScreen {
  let wanted = false
  const enter = async (): Promise<void> => {
    wanted = true
    try {
      await page.documentElement.requestFullscreen()
      onAnswer(false)
    } catch {
      // Refused, or not there at all: the picture fills the window as it is.
      onAnswer(true)
    }
  }
  return {
    toggle() {
      if (!page.fullscreenElement) return void enter()
      wanted = false
      // The browser may have ended it in the meantime.
      page.exitFullscreen().catch(() => {})
    },
    resume() {
      if (wanted && !page.fullscreenElement) void enter()
    },
  }
}
