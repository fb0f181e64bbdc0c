import type { Parameter, Variable } from '@/lib/platform/db/generated/client'
import { parameterDefinition, variableDefinition } from '@/lib/platform/db/read-definition'
import { isShown } from '@/lib/domain/variables/resolve-variables'
import type { ShapeFilter, ShapeVariable } from './shape-views'

/** The rows of an endpoint from which the fields for calling it are made, in their order. */
const inOrder = [{ position: 'asc' as const }, { id: 'asc' as const }]
export const endpointFieldRows = { variables: { orderBy: inOrder }, parameters: { orderBy: inOrder } }

type StoredValue = { variableId: string | null; parameterId: string | null; value: string | null }

/** An endpoint's variables that are shown and its optional parameters, with stored values (a secret's value is null). */
export function endpointFieldsOf(
  endpoint: { variables: Variable[]; parameters: Parameter[] },
  stored: readonly StoredValue[] = [],
): { variables: ShapeVariable[]; filters: ShapeFilter[] } {
  return {
    variables: endpoint.variables
      .map(variableDefinition)
      .filter(isShown)
      .map((definition) => {
        const own = stored.find(({ variableId }) => variableId === definition.id)
        return { definition, value: own?.value ?? '', isSet: own !== undefined }
      }),
    filters: endpoint.parameters
      .map(parameterDefinition)
      .filter((definition) => !definition.required)
      .map((definition) => ({
        definition,
        value: stored.find(({ parameterId }) => parameterId === definition.id)?.value ?? null,
      })),
  }
}
