import { Logo } from './logo'

/** The frame of every page: name and places above, the place itself below. */
export function App() {
  return (
    <>
      <header className="flex h-14 items-center gap-12 border-b border-rule px-4 lg:px-10">
        <a href="./" className="flex items-center gap-3 font-semibold text-ink no-underline">
          <Logo />
          One Bit, Two Names
        </a>
        <nav aria-label="Places">
          <a href="#lab" aria-current="page" className="border-b-2 border-ink pb-1 text-ink">
            Lab
          </a>
        </nav>
      </header>
      <main className="px-4 py-6 lg:px-10">
        <h1 className="text-lead font-semibold">Lab</h1>
      </main>
    </>
  )
}
