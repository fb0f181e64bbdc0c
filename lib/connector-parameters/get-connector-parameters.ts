import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { namedVariables } from '@/lib/endpoints/named-variables'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { ofConnector, parameterDefinition } from '@/lib/platform/db/read-definition'
import { connectorParametersView } from './views'

/** What a connector sends with every endpoint request and test request, and what its templates may name. */
export const getConnectorParameters = operation({
  name: 'get_connector_parameters',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: connectorParametersView,
  run: async ({ db }, { connectorId }) => {
    const connector = await db.connector.findFirst({
      where: { id: connectorId },
      select: {
        revision: true,
        parameters: { where: ofConnector, orderBy: [{ position: 'asc' }, { id: 'asc' }] },
      },
    })
    if (!connector) return notFound('connector')
    return succeed({
      connectorId,
      revision: connector.revision,
      parameters: connector.parameters.map(parameterDefinition),
      namedVariables: await namedVariables(db, connectorId, null),
    })
  },
})
