/** Escapes a search text for Prisma's `contains`, which passes `%` and `_` to LIKE as wildcards. */
export function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
