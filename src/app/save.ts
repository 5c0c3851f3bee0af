/** Hand the reader a file: what is in it, or where it is. */
export function saveAs(content: Blob | string, name: string): void {
  const link = document.createElement('a')
  link.href = typeof content === 'string' ? content : URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has taken it by then.
  if (typeof content !== 'string') setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
