import 'server-only'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { type Found, type FoundKind, found } from './views'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'

const shownPerKind = 8

/** More are read than shown, so that names that begin with the text can come first. */
const readPerKind = 40

type Row = Omit<Found, 'kind'>

/** What is called so, up to eight of each kind; all words of the text must occur in the name. */
export const listFound = operation({
  name: 'search_workspace',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ text: z.string().max(200, 'Search for at most 200 characters.') }),
  output: z.array(found),
  run: async ({ db }, { text }) => {
    const folded = foldName(text.replaceAll('\0', '').slice(0, 200))
    if (folded === '') return succeed([])
    const page = {
      where: { AND: folded.split(' ').map((word) => ({ foldedName: { contains: likeLiteral(word) } })) },
      orderBy: { foldedName: 'asc' as const },
      take: readPerKind,
    }
    const connectorName = { select: { name: true, versionLabel: true } }
    const [connectors, instances, endpoints, flows] = await Promise.all([
      db.connector.findMany({ ...page, select: { id: true, name: true, versionLabel: true } }),
      db.instance.findMany({ ...page, select: { id: true, name: true, connector: connectorName } }),
      db.endpoint.findMany({
        ...page,
        select: { id: true, name: true, httpMethod: true, connectorId: true, connector: connectorName },
      }),
      db.flow.findMany({ ...page, select: { id: true, name: true } }),
    ])
    return succeed([
      ...best(
        'connector',
        folded,
        connectors.map(({ id, name, versionLabel }) => ({ id, name, detail: versionLabel, href: `/connectors/${id}` })),
      ),
      ...best(
        'instance',
        folded,
        instances.map(({ id, name, connector }) => ({
          id,
          name,
          detail: fullName(connector),
          href: `/instances/${id}`,
        })),
      ),
      ...best(
        'endpoint',
        folded,
        endpoints.map(({ id, name, httpMethod, connectorId, connector }) => ({
          id,
          name,
          detail: `${httpMethod} · ${fullName(connector)}`,
          href: `/connectors/${connectorId}/endpoints/${id}`,
        })),
      ),
      ...best(
        'flow',
        folded,
        flows.map(({ id, name }) => ({ id, name, detail: '', href: `/flows/${id}` })),
      ),
    ])
  },
})

function fullName(connector: { name: string; versionLabel: string }): string {
  return [connector.name, connector.versionLabel].filter(Boolean).join(' ')
}

function best(kind: FoundKind, folded: string, rows: Row[]): Found[] {
  const begins = (row: Row) => Number(foldName(row.name).startsWith(folded))
  return rows
    .map((row) => ({ kind, ...row }))
    .sort((one, other) => begins(other) - begins(one))
    .slice(0, shownPerKind)
}
