import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { readConnectorParameters } from './read-connector-parameters'
import { variablesOfEveryMethod } from './variables-of-every-method'
import { connectorParametersView } from './views'

/** What a connector sends with every endpoint request and test request, and what its templates may name. */
export const getConnectorParameters = operation({
  name: 'get_connector_parameters',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: connectorParametersView,
  run: async ({ db }, { connectorId }) => {
    const connector = await db.connector.findFirst({ where: { id: connectorId }, select: { revision: true } })
    if (!connector) return notFound('connector')
    // After the revision: a save in between is refused, not lost.
    const [parameters, namedVariables] = await Promise.all([
      readConnectorParameters(db, connectorId),
      variablesOfEveryMethod(db, connectorId),
    ])
    return succeed({ connectorId, revision: connector.revision, parameters, namedVariables })
  },
})
