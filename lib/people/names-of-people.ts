import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'

export type PeopleNames = ReadonlyMap<string, string>

/** The names of people by their ids, in one query. */
export async function namesOfPeople(db: WorkspaceDb, ids: (string | null | undefined)[]): Promise<PeopleNames> {
  const wanted = ids.filter((id) => typeof id === 'string')
  if (wanted.length === 0) return new Map()
  const people = await db.user.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } })
  return new Map(people.map(({ id, name }) => [id, name]))
}

/** Null if it was nobody, or the person no longer exists. */
export function nameIn(people: PeopleNames, id: string | null): string | null {
  return id === null ? null : (people.get(id) ?? null)
}
