import { variableDefinition } from '@/lib/platform/db/read-definition'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { validateVariableValue } from '@/lib/domain/variables/variable-rules'
import type { TrialRequest } from './schema'

type EndpointRequest = Extract<TrialRequest, { kind: 'endpoint' }>

/** Values are accepted only for variables and optional parameters of the endpoint, and by the variables' own rules. */
export async function checkEntered(
  db: WorkspaceDb,
  { endpointId, values, filters }: EndpointRequest,
): Promise<Result<null>> {
  const [endpoint, variables, parameters] = await Promise.all([
    db.endpoint.findFirst({ where: { id: endpointId }, select: { id: true } }),
    db.variable.findMany({ where: { endpointId, level: 'endpoint' } }),
    db.parameter.findMany({ where: { endpointId, required: false }, select: { id: true } }),
  ])
  if (!endpoint) return notFound('endpoint')
  for (const [variableId, value] of Object.entries(values)) {
    const variable = variables.find(({ id }) => id === variableId)
    if (!variable) return foreign(`values.${variableId}`)
    const valid = validateVariableValue(variableDefinition(variable), value)
    if (!valid.ok) return refuse(valid.error.code, valid.error.message, `values.${variableId}`)
  }
  const unknown = Object.keys(filters).find((parameterId) => !parameters.some(({ id }) => id === parameterId))
  return unknown === undefined ? succeed(null) : foreign(`filters.${unknown}`)
}

function foreign(field: string) {
  return refuse('invalid_input', 'This value belongs to another endpoint. Reload the page.', field)
}
