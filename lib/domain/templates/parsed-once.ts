import type { Result } from '../result'

const most = { texts: 1_000, characters: 4_096 } as const

/**
 * Parsing costs more than rendering, and the same few texts are rendered for every request: what was made of a text is
 * given again. Refusals and long texts are not remembered. The oldest is forgotten first; one that is still in use is
 * parsed once more.
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
