/** Stands where a part of the app could not be fetched. */
export function NotLoaded() {
  return (
    <main role="alert" className="flex max-w-(--measure) flex-col items-start gap-4 px-4 py-12 lg:px-10">
      <h1 className="text-lead font-semibold" tabIndex={-1}>
        This room could not be fetched
      </h1>
      <p>The Lab is as you left it. Go back to it, or reload this page once the connection is there again.</p>
      <button type="button" className="border border-line px-4 py-2" onClick={() => window.location.reload()}>
        Reload
      </button>
    </main>
  )
}
