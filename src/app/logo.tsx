/** The 2×2 of PRESENT and bit 8. Upper right, where both are 1, is framed: the case with two names. */
export function Logo() {
  return (
    <svg viewBox="0 0 22 22" width="22" height="22" fill="none" aria-hidden="true" className="text-ink">
      <path d="M.75.75h8.5v8.5h-8.5zM.75 12.75h8.5v8.5h-8.5z" stroke="currentColor" strokeWidth="1.5" />
      <path d="M13.25 1.25h7.5v7.5h-7.5z" className="stroke-loop" strokeWidth="2.5" />
      <path d="M12 12h10v10h-10z" fill="currentColor" />
    </svg>
  )
}
