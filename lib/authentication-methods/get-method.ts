import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { parameterDefinition, phaseDefinition } from '@/lib/platform/db/read-definition'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'
import { storedFields } from './stored-fields'
import { methodDetail } from './views'

const instancesNamed = 5

/** One method with everything that *Authentication setup* shows. For its values only that they are set. */
export const getMethod = operation({
  name: 'get_method',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector'), methodId: idOf('authentication_method') }),
  output: methodDetail,
  run: async ({ db }, { connectorId, methodId }) => {
    const method = await db.authenticationMethod.findFirst({
      where: { id: methodId, connectorId },
      include: {
        connector: { select: { name: true, _count: { select: { endpoints: true } } } },
        phases: { orderBy: [{ kind: 'asc' }, { step: 'asc' }] },
        parameters: { orderBy: [{ position: 'asc' }, { id: 'asc' }] },
        values: { select: { variableId: true, setAt: true } },
        instances: { select: { id: true, name: true }, orderBy: { foldedName: 'asc' }, take: instancesNamed },
        _count: { select: { enablements: true, instances: true } },
      },
    })
    if (!method) return notFound('authentication_method')
    return succeed({
      id: method.id,
      key: method.key,
      connectorId,
      connectorName: method.connector.name,
      type: method.type,
      revision: method.revision,
      ...storedFields(method),
      phases: method.phases.map(phaseDefinition),
      parameters: method.parameters.map(parameterDefinition),
      sharedValues: method.values.map(({ variableId, setAt }) => ({ variableId, setAt: setAt.toISOString() })),
      usedBy: {
        instances: method.instances,
        instanceCount: method._count.instances,
        enabledEndpoints: method._count.enablements,
        endpoints: method.connector._count.endpoints,
      },
    })
  },
})
