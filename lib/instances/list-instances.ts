import 'server-only'
import { instanceMatches } from '@/lib/connectors/instance-matches'
import { shownStatus } from '@/lib/domain/disabled'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { withShownStatus } from '@/lib/health/shown-status'
import { operation } from '@/lib/operations/operation'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { unreachableSince } from '@/lib/request-log/unreachable-since'
import { instanceSorts, listInstancesSchema, type ListInstances } from './schema'
import { instanceSummary, type InstanceSummary } from './views'

const columns = {
  ...{ id: true, key: true, name: true, externalId: true, labels: true, foldedName: true },
  ...{ status: true, statusReason: true, statusSince: true, lastVerifiedAt: true, disabledAt: true },
  connector: { select: { id: true, key: true, name: true, versionLabel: true, disabledAt: true } },
  method: { select: { id: true, key: true, name: true, type: true } },
} as const satisfies Prisma.InstanceSelect

type Row = Prisma.InstanceGetPayload<{ select: typeof columns }>

/** One page of the workspace's instances, with their health: what a program may use (DATA §14). */
export const listInstances = operation({
  name: 'list_instances',
  permission: 'see',
  restrictedKeys: 'allowed',
  callOnlyKeys: 'allowed',
  input: listInstancesSchema,
  output: listPageOf(instanceSummary),
  run: async ({ actor, db }, params) => {
    const where = matching(params)
    const page = keyset<Prisma.InstanceWhereInput, Prisma.InstanceOrderByWithRelationInput>(params, instanceSorts)
    const [rows, total] = await Promise.all([
      db.instance.findMany({
        where: { AND: [where, page.where] },
        orderBy: page.orderBy,
        take: page.take,
        select: columns,
      }),
      db.instance.count({ where }),
    ])
    const { items, ...rest } = toPage(rows, total, params, instanceSorts)
    const unreachable = await unreachableSince(
      actor.workspaceId,
      items.map(({ id }) => id),
    )
    return succeed({ ...rest, items: items.map((row) => summaryOf(row, unreachable.get(row.id) ?? null)) })
  },
})

function matching({ q, connectorId, methodId, status }: ListInstances): Prisma.InstanceWhereInput {
  const text = foldName(q)
  return {
    AND: [
      ...(text === '' ? [] : [instanceMatches(text)]),
      ...(status === undefined ? [] : [withShownStatus(status)]),
      { ...(connectorId !== undefined && { connectorId }), ...(methodId !== undefined && { methodId }) },
    ],
  }
}

function summaryOf(row: Row, unreachable: Date | null): InstanceSummary {
  const { id, key, name, externalId, labels, statusReason, statusSince, lastVerifiedAt, connector, method } = row
  return {
    ...{ id, key, name, labels, statusReason, method },
    externalId: externalId ?? '',
    connector: { id: connector.id, key: connector.key, name: connector.name, versionLabel: connector.versionLabel },
    status: shownStatus(row),
    statusSince: (connector.disabledAt ?? row.disabledAt ?? statusSince).toISOString(),
    unreachableSince: unreachable?.toISOString() ?? null,
    lastVerifiedAt: lastVerifiedAt?.toISOString() ?? null,
  }
}
