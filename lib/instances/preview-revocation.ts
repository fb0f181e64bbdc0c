import 'server-only'
import { z } from 'zod'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { hasTokens } from './has-tokens'
import { revocationPreview } from './revocation-views'

/** What *Revoke all tokens* of a connector will do, by authentication method. Sends and changes nothing. */
export const previewRevocation = operation({
  name: 'preview_revocation',
  permission: 'administer',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: revocationPreview,
  run: async ({ db }, { connectorId }) => {
    const connector = await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } })
    if (!connector) return notFound('connector')
    const [counts, methods] = await Promise.all([
      db.instance.groupBy({ by: ['methodId'], where: hasTokens(connectorId), _count: true }),
      db.authenticationMethod.findMany({
        where: { connectorId },
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
        select: { id: true, name: true, type: true, phases: { select: { kind: true, url: true } } },
      }),
    ])
    const rows = methods.flatMap((method) => {
      const instances = counts.find(({ methodId }) => methodId === method.id)?._count ?? 0
      const atVendor = method.phases.some(({ kind, url }) => kind === 'revoke' && Boolean(url))
      return instances === 0
        ? []
        : [{ methodId: method.id, methodName: method.name, instances, atVendor, needsPerson: needsPerson(method) }]
    })
    return succeed({ instances: rows.reduce((sum, { instances }) => sum + instances, 0), methods: rows })
  },
})
