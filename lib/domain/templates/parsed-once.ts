import type { Result } from '../result'

const most = { texts: 1_000, characters: 4_096 } as const

/**
 * Caches parsed texts, because parsing costs more than rendering and the same few texts are rendered for every request.
 * Refusals and long texts are not cached. The oldest entry is dropped first; if it is still in use, it is parsed again.
 */
export function parsedOnce<Parsed>(parse: (source: string) => Result<Parsed>): (source: string) => Result<Parsed> {
  const known = new Map<string, Result<Parsed>>()
  return (source) => {
    const earlier = known.get(source)
    if (earlier) return earlier
    const parsed = parse(source)
    if (!parsed.ok || source.length > most.characters) return parsed
    if (known.size === most.texts) known.delete(known.keys().next().value ?? '')
    known.set(source, parsed)
    return parsed
  }
}
