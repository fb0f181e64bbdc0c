import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { isDisabled } from '@/lib/domain/disabled'
import { failingStatuses } from '@/lib/domain/failing'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { instanceMatches } from '@/lib/connectors/instance-matches'
import { failingInstances } from '@/lib/health/shown-status'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { type Found, type FoundKind, found } from './views'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'

const shownPerKind = 8

/** More rows are read than shown, so that names that begin with the text can come first. */
const readPerKind = 40

type Row = Omit<Found, 'kind' | 'status'> & Partial<Pick<Found, 'status'>>

/**
 * Finds up to eight objects of each kind whose name contains all words of the text; of an instance also its external ID
 * and labels. Failing instances come first.
 * Without a text, only failing instances are returned (PRODUCT §11).
 */
export const listFound = operation({
  name: 'search_workspace',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ text: z.string().max(200, 'Search for at most 200 characters.') }),
  output: z.array(found),
  run: async ({ db }, { text }) => {
    const folded = foldName(text.replaceAll('\0', '').slice(0, 200))
    if (folded === '') return succeed(await listFailing(db))
    const page = {
      where: { AND: folded.split(' ').map((word) => ({ foldedName: { contains: likeLiteral(word) } })) },
      orderBy: { foldedName: 'asc' as const },
      take: readPerKind,
    }
    const [connectors, instances, endpoints, flows] = await Promise.all([
      db.connector.findMany({ ...page, select: { id: true, name: true, versionLabel: true } }),
      db.instance.findMany({
        ...page,
        where: { AND: folded.split(' ').map(instanceMatches) },
        select: instanceColumns,
      }),
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
        connectors.map(({ id, name, versionLabel }) => ({
          id,
          name,
          detail: versionLabel,
          href: `/connectors/${id}/overview`,
        })),
      ),
      ...best('instance', folded, instances.map(instanceRow)),
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

const connectorName = { select: { name: true, versionLabel: true } }
const instanceColumns = {
  ...{ id: true, name: true, status: true, disabledAt: true },
  connector: { select: { name: true, versionLabel: true, disabledAt: true } },
} as const
type InstanceRow = Prisma.InstanceGetPayload<{ select: typeof instanceColumns }>

function instanceRow(row: InstanceRow): Row {
  const { id, name, connector } = row
  const failing = failingStatuses.find((candidate) => candidate === row.status) ?? null
  const status = isDisabled(row) ? 'disabled' : failing
  return { id, name, detail: fullName(connector), href: `/instances/${id}`, status }
}

async function listFailing(db: WorkspaceDb): Promise<Found[]> {
  const rows = await db.instance.findMany({
    where: failingInstances,
    orderBy: { foldedName: 'asc' },
    take: shownPerKind,
    select: instanceColumns,
  })
  return best('instance', '', rows.map(instanceRow))
}

function fullName(connector: { name: string; versionLabel: string }): string {
  return [connector.name, connector.versionLabel].filter(Boolean).join(' ')
}

function best(kind: FoundKind, folded: string, rows: Row[]): Found[] {
  const isFailing = ({ status }: Row) => status !== null && status !== undefined && status !== 'disabled'
  const rank = (row: Row) => (isFailing(row) ? 2 : 0) + Number(foldName(row.name).startsWith(folded))
  return rows
    .map((row) => ({ kind, status: null, ...row }))
    .sort((one, other) => rank(other) - rank(one))
    .slice(0, shownPerKind)
}
