import { templateVariables } from './parse-template'

/**
 * The names in templates that are not known, without duplicates, in the order in which they appear. An invalid template
 * has no names; it is refused when it is saved.
 */
export function unknownNames(texts: Iterable<string>, known: ReadonlySet<string>): string[] {
  const unknown = new Set<string>()
  for (const text of texts) {
    const names = text.includes('{{') ? templateVariables(text) : null
    for (const name of names?.ok ? names.value : []) if (!known.has(name)) unknown.add(name)
  }
  return [...unknown]
}
