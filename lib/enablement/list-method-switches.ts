import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'
import { methodSwitch } from './views'

/** The switches of an endpoint: every method of its connector, in the connector's order. */
export const listMethodSwitches = operation({
  name: 'list_method_switches',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ endpointId: idOf('endpoint') }),
  output: z.array(methodSwitch),
  run: async ({ db }, { endpointId }) => {
    const endpoint = await db.endpoint.findFirst({
      where: { id: endpointId },
      select: { connectorId: true, enablements: { select: { methodId: true } } },
    })
    if (!endpoint) return notFound('endpoint')
    const methods = await db.authenticationMethod.findMany({
      where: { connectorId: endpoint.connectorId },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: { id: true, name: true, type: true, _count: { select: { instances: true } } },
    })
    const enabled = new Set(endpoint.enablements.map((enablement) => enablement.methodId))
    return succeed(
      methods.map(({ id, name, type, _count }) => ({
        methodId: id,
        name,
        type,
        enabled: enabled.has(id),
        instances: _count.instances,
      })),
    )
  },
})
