import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { listInstanceLines } from './list-instance-lines'
import { instanceLine } from './views'

/** The first few instances of one connector, failing ones first, as its card in *Manage connectors* shows them. */
export const listConnectorInstances = operation({
  name: 'list_connector_instances',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: z.array(instanceLine),
  run: async ({ actor, db }, { connectorId }) => {
    const connector = await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } })
    if (!connector) return notFound('connector')
    const { of } = await listInstanceLines(actor, [connectorId], {
      q: '',
      sort: 'name',
      after: '',
      status: null,
      systemType: null,
      connectorId: null,
    })
    return succeed(of.get(connectorId) ?? [])
  },
})
