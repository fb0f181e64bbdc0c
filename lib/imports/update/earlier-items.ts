import 'server-only'
import type { ImportWork } from '../import-work'
import type { Recognised } from './match-items'
import type { UpdateContext } from './read-context'

export const recognisedBy = {
  ...({ id: true, key: true, name: true, tag: true, httpMethod: true, url: true } as const),
  ...({ change: true, partKey: true } as const),
}

/** An item of the last import, with the key of the part that it has become. */
export type Earlier = Recognised & { partKey: string | null }
type Link = { baseId: string | null; partKey: string | null }

/**
 * What the document had before, except what it still has unchanged.
 * @returns `links` too: of the items of this import that are known to be the same, and of all items of the last import
 */
export async function earlierItems(
  { row, db }: ImportWork,
  { base }: UpdateContext,
  kind: 'method' | 'endpoint',
): Promise<{ links: Link[]; earlier: Earlier[] }> {
  const same = await db.importItem.findMany({
    where: { importId: row.id, kind, change: { not: null } },
    select: { baseId: true, partKey: true },
  })
  if (base === null) return { links: same, earlier: [] }
  const items = await db.importItem.findMany({
    where: { importId: base.id, kind },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: recognisedBy,
  })
  const found = new Set(same.map(({ baseId }) => baseId))
  return {
    links: [...same, ...items.map(({ partKey }) => ({ baseId: null, partKey }))],
    earlier: items.filter(({ id }) => !found.has(id)),
  }
}
