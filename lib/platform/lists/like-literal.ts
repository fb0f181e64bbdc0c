/** What a person searches for, as Prisma's `contains` has to get it: it hands `%` and `_` to LIKE as wildcards. */
export function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
