const longest = 80

/** A value as it may stand in a message: short, without control characters, without what stands before an @. */
export function quoted(text: string): string {
  const shown = text.replace(/\S+@/, '…@')
  return JSON.stringify(shown.length > longest ? `${shown.slice(0, longest)}…` : shown)
}
