import type { ImportSource } from '@/lib/platform/db/generated/client'

/** An address without its query, which may contain a secret that only the server needs. */
export function withoutQuery(url: string): string {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return url
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}

/** The name of a source that is not read any more: the query of an address is forgotten then. */
export function nameOfOldSource({ source, sourceName }: { source: ImportSource; sourceName: string }): string {
  return source === 'url' ? withoutQuery(sourceName) : sourceName
}

/** A reference of a document without the query of its address, which may be relative. */
export function referenceWithoutQuery(reference: string): string {
  return reference.replace(/^([^#?]*)\?[^#]*/, '$1')
}
