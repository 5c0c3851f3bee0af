import type { MouseEvent } from 'react'
import { BUILD, keptCopy, ONE_FILE, useOffline, type Offline } from './offline'
import { saveAs } from './save'

const SAID: Readonly<Record<Offline, string>> = {
  'one file': 'This page is one file that holds all of the app. It works from any disk and asks for nothing.',
  ready: 'Ready: this browser keeps all of the app, and opens it again without a network.',
  fetching: 'The browser is fetching all of the app, to open it again without a network.',
  impossible: 'This browser does not keep the app; without a network, the page opens from one file only.',
}

/** Whether the page works without a network, how to carry it, and which version it is. */
export function AboutBuild() {
  const { offline, isNewerWaiting } = useOffline()
  const { version, date, commit } = BUILD
  return (
    <section aria-label="Without a network" className="grid gap-1 border-t border-rule pt-3 text-note text-ink-2">
      <h3 className="text-label font-semibold text-ink">Without a network</h3>
      <p data-offline={offline}>{SAID[offline]}</p>
      {isNewerWaiting && <p>A newer version is here. It takes over once every page of the app is closed.</p>}
      {ONE_FILE && (
        <p>
          <a
            href={ONE_FILE}
            download
            onClick={offline === 'ready' ? giveKept : undefined}
            className="underline decoration-line underline-offset-2 hover:decoration-ink"
          >
            Download all of it as one file
          </a>
          , to be opened from a disk or a stick.
        </p>
      )}
      <p>
        Version {version}
        {date && ` of ${date}`}
        {commit && ` (${commit})`}
      </p>
    </section>
  )
}

/** A download goes past the service worker, so what the browser keeps is given out of its store: no network is needed. */
function giveKept(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault()
  const name = event.currentTarget.href.split('/').at(-1)!
  void keptCopy(name).then((copy) => saveAs(copy ?? name, name))
}
