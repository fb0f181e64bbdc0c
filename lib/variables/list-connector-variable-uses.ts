import 'server-only'
import { variableDefinition } from '@/lib/platform/db/read-definition'
import { succeed } from '@/lib/domain/result'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'
import { connectorVariableUse } from './views'

/** All variables of the connector, with the method's flags for those that it uses. */
export const listConnectorVariableUses = operation({
  name: 'list_connector_variable_uses',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector'), methodId: idOf('authentication_method') }),
  output: z.array(connectorVariableUse),
  run: async ({ db }, { connectorId, methodId }) => {
    const rows = await db.variable.findMany({
      where: { connectorId, level: 'connector' },
      include: { uses: { where: { methodId } } },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
    })
    return succeed(
      rows.map(({ uses: [use], ...row }) => ({
        variable: variableDefinition(row),
        use: use ? { required: use.required, configurable: use.configurable, advanced: use.advanced } : null,
      })),
    )
  },
})
