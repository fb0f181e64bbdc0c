/** The known name that is closest to a mistyped one; null if none is close. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const folded = name.toLowerCase()
  let best: { name: string; distance: number } | null = null
  for (const candidate of known) {
    const distance = editDistance(folded, candidate.toLowerCase())
    if (distance <= Math.max(1, Math.floor(name.length / 3)) && (!best || distance < best.distance))
      best = { name: candidate, distance }
  }
  return best?.name ?? null
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[right.length] ?? 0
}
