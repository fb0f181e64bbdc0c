import { z } from 'zod'
import { namedVariable, parameterView } from '@/lib/endpoints/views'

/** What a connector sends with every endpoint request and test request, as its editor shows it. */
export const connectorParametersView = z.strictObject({
  connectorId: z.uuid(),
  revision: z.int(),
  parameters: z.array(parameterView),
  namedVariables: z.array(namedVariable),
})
export type ConnectorParametersView = z.infer<typeof connectorParametersView>
