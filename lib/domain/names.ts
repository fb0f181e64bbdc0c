/**
 * The form of a name that is used for case-insensitive uniqueness, sorting and search. Compatibility characters are
 * unified first, so that a full-width “Ａ” is the same letter as “a”.
 */
export function foldName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}

/** A stable key made from a name once, at creation: `Acme Commerce` → `acme-commerce`. */
export function slugify(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return slug === '' ? 'item' : slug
}

/** The first of `slug`, `slug-2`, `slug-3`, … that is free. */
export function freeKey(name: string, taken: ReadonlySet<string>): string {
  return firstFree(slugify(name), '-', (key) => taken.has(key))
}

/** The text itself, or, if it is taken, the text with the lowest free number behind it, from 2. */
export function firstFree(base: string, separator: string, isTaken: (candidate: string) => boolean): string {
  if (!isTaken(base)) return base
  let number = 2
  while (isTaken(`${base}${separator}${number}`)) number += 1
  return `${base}${separator}${number}`
}

/** A few names of many, for a sentence: `“Acme UK”, “Acme EU” and 3 more`. */
export function nameSome(names: readonly string[], total: number): string {
  const quoted = names.map((name) => `“${name}”`)
  const more = total - quoted.length
  if (more > 0) return `${quoted.join(', ')} and ${more} more`
  if (quoted.length < 2) return quoted.join('')
  return `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`
}
