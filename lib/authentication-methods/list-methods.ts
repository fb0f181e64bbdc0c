import 'server-only'
import { succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'
import { methodSummary } from './views'

/** The methods of a connector in the order they were added, with what uses each. */
export const listMethods = operation({
  name: 'list_methods',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: z.array(methodSummary),
  run: async ({ db }, { connectorId }) => {
    const methods = await db.authenticationMethod.findMany({
      where: { connectorId },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: {
        id: true,
        name: true,
        type: true,
        updatedAt: true,
        _count: { select: { enablements: true, instances: true } },
      },
    })
    return succeed(
      methods.map(({ _count, updatedAt, ...method }) => ({
        ...method,
        enabledEndpoints: _count.enablements,
        instances: _count.instances,
        updatedAt: updatedAt.toISOString(),
      })),
    )
  },
})
