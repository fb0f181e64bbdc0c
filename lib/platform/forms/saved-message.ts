/** What a definition's editor says after a save. */
export function savedMessage({ pendingOrigins }: { pendingOrigins: string[] }): string {
  if (pendingOrigins.length === 0) return 'Saved. Every instance uses it from now on.'
  return `Saved. Nothing is sent to ${pendingOrigins.join(', ')} until an administrator confirms it.`
}
