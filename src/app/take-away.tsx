import { lazy, Suspense, useState } from 'react'
import { Button } from '../views/ui/button'

const TakeAwayDialog = lazy(() => import('./take-away-dialog'))

/** Opens what can be taken away, fetched when it is first asked for. */
export function TakeAwayButton({ label = 'QR code, picture…' }: { readonly label?: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button small onPress={() => setOpen(true)}>
        {label}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <TakeAwayDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
