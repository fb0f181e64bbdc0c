const longest = 80

/** A value for a message: shortened, without control characters and without anything before an @. */
export function quoted(text: string): string {
  const shown = text.replace(/\S+@/, '…@')
  return JSON.stringify(shown.length > longest ? `${shown.slice(0, longest)}…` : shown)
}
