import type { ParameterRow } from '@/components/parameters/parameter-row'
import type { SaveConnectorParameters } from '@/lib/connector-parameters/schema'
import type { ConnectorParametersView } from '@/lib/connector-parameters/views'

/** The rows as input of the action. */
export function sharedParametersInput(
  { connectorId, revision }: ConnectorParametersView,
  rows: readonly ParameterRow[],
): SaveConnectorParameters {
  const parameters = rows.map(({ id, place, key, value }) => ({ id, place, key, value }))
  // The editor does not offer body parameters.
  return { connectorId, revision, parameters: parameters as SaveConnectorParameters['parameters'] }
}
