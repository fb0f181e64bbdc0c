import { instanceMatches } from '@/lib/connectors/instance-matches'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { keyChoice } from './schema'
import type { FilterChoice, FilterKind, NamedKind } from './views'

/** The choices of the filters of *Activity*: searched by name, or by ID for the chosen one. */

export type ChoiceQuery = {
  /** In the form of foldName(); empty for all. */
  text: string
  /** Only the object with this ID. */
  id?: string
  /** Only objects of this connector. */
  connectorId?: string
  take: number
}

const byName = [{ foldedName: 'asc' }, { id: 'asc' }] as const
const connectorName = { select: { name: true, versionLabel: true } } as const

type Read = (db: WorkspaceDb, query: ChoiceQuery) => Promise<FilterChoice[]>

const readNamed: Record<NamedKind, Read> = {
  connector: async (db, { text, id, take }) => {
    const rows = await db.connector.findMany({
      where: { id, ...named(text) },
      orderBy: [{ foldedName: 'asc' }, { foldedVersion: 'asc' }],
      take,
      select: { id: true, ...connectorName.select },
    })
    return rows.map((row) => ({ id: row.id, label: nameOf(row), detail: '' }))
  },
  instance: async (db, { text, id, connectorId, take }) => {
    const rows = await db.instance.findMany({
      where: { id, connectorId, ...(text !== '' && instanceMatches(text)) },
      orderBy: [...byName],
      take,
      select: { id: true, name: true, connector: connectorName },
    })
    return rows.map((row) => ({ id: row.id, label: row.name, detail: nameOf(row.connector) }))
  },
  endpoint: async (db, { text, id, connectorId, take }) => {
    const rows = await db.endpoint.findMany({
      where: { id, connectorId, ...named(text) },
      orderBy: [...byName],
      take,
      select: { id: true, name: true, httpMethod: true, connector: connectorName },
    })
    return rows.map(({ id, name, httpMethod, connector }) => ({
      id,
      label: name,
      detail: `${httpMethod} · ${nameOf(connector)}`,
    }))
  },
  flow: async (db, { text, id, take }) => {
    const rows = await db.flow.findMany({
      where: { id, ...named(text) },
      orderBy: { foldedName: 'asc' },
      take,
      select: { id: true, name: true },
    })
    return rows.map(({ id, name }) => ({ id, label: name, detail: '' }))
  },
  person: async (db, { text, id, take }) => {
    const rows = await db.membership.findMany({
      where: { userId: id, ...named(text) },
      orderBy: [{ foldedName: 'asc' }, { userId: 'asc' }],
      take,
      select: { user: { select: { id: true, name: true, email: true } } },
    })
    return rows.map(({ user }) => ({ id: user.id, label: user.name, detail: user.email }))
  },
  key: async (db, { text, id, take }) => {
    const rows = await db.apiKey.findMany({
      where: { id, ...named(text) },
      orderBy: [...byName],
      take,
      select: { id: true, name: true, prefix: true },
    })
    return rows.map(({ id, name, prefix }) => ({ id, label: name, detail: `API key ${prefix}…` }))
  },
}

/** The current name of one object; null if it was deleted, or belongs to another workspace. */
export async function readChosen(db: WorkspaceDb, kind: NamedKind, id: string): Promise<FilterChoice | null> {
  const [found] = await readNamed[kind](db, { text: '', id, take: 1 })
  return found ?? null
}

/** The choices of a filter. Those of people also contain the API keys, after the people. */
export async function readChoices(
  db: WorkspaceDb,
  kind: FilterKind,
  query: Omit<ChoiceQuery, 'id'>,
): Promise<FilterChoice[]> {
  const found = await readNamed[kind](db, query)
  if (kind !== 'person') return found
  const keys = await readNamed.key(db, query)
  return [...found, ...keys.map((key) => ({ ...key, id: `${keyChoice}${key.id}` }))]
}

function named(text: string) {
  return text === '' ? {} : { foldedName: { contains: likeLiteral(text) } }
}

function nameOf({ name, versionLabel }: { name: string; versionLabel: string }): string {
  return [name, versionLabel].filter(Boolean).join(' ')
}
