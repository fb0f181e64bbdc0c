import 'server-only'
import { succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'
import { unknownInMethod } from '@/lib/domain/authentication/unknown-in-method'
import { phaseDefinition, storedOptions } from '@/lib/platform/db/read-definition'
import { connectorKeysOf } from './connector-keys'
import { methodSummary } from './views'

/** The methods of a connector in the order in which they were added, with the numbers of endpoints and instances. */
export const listMethods = operation({
  name: 'list_methods',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: z.array(methodSummary),
  run: async ({ db }, { connectorId }) => {
    const connectorKeys = await connectorKeysOf(db, connectorId)
    const methods = await db.authenticationMethod.findMany({
      where: { connectorId },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: {
        id: true,
        key: true,
        name: true,
        type: true,
        updatedAt: true,
        options: true,
        phases: true,
        parameters: { select: { value: true } },
        variables: { select: { key: true } },
        _count: { select: { enablements: true, instances: true } },
      },
    })
    return succeed(
      methods.map(({ id, key, name, type, _count, updatedAt, ...method }) => ({
        id,
        key,
        name,
        type,
        unknownVariables: unknownInMethod(
          {
            type,
            options: storedOptions({ type, options: method.options }),
            phases: method.phases.map(phaseDefinition),
            parameters: method.parameters,
            variables: method.variables,
          },
          connectorKeys,
        ),
        enabledEndpoints: _count.enablements,
        instances: _count.instances,
        updatedAt: updatedAt.toISOString(),
      })),
    )
  },
})
