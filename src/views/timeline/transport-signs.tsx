const Triangle = ({ path }: { readonly path: string }) => (
  <svg viewBox="0 0 11 12" width="11" height="12" fill="currentColor" aria-hidden="true">
    <path d={path} />
  </svg>
)

/** One step back in time. */
export const BackSign = () => <Triangle path="M10 0v12L1 6z" />

/** One step on. */
export const StepSign = () => <Triangle path="M1 0v12l9-6z" />
