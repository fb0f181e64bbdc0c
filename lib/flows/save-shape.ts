import 'server-only'
import { fact } from '@/lib/domain/history/compare-values'
import { seal } from '@/lib/platform/crypto/seal'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Variable } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import { variableDefinition } from '@/lib/platform/db/read-definition'
import type { Actor } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { parseFlowValue } from '@/lib/domain/templates/parse-template'
import { validateVariableValue } from '@/lib/domain/variables/variable-rules'
import { acceptsInstance } from '@/lib/enablement/accepts-instance'
import { takeDraft } from './draft'
import { checkNoSecretCarried } from './carried-secret'
import { lockStatus } from './lock-status'
import { shapeNotFound } from './instance-options'
import { changesSince, comparedShape } from './shape-changes'
import { type SaveShape, saveShapeSchema } from './shape-schema'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'

type Choice = { connectorId: string | null }

/**
 * Saves the instance, endpoint and values of a shape. Checks rule R1 in the transaction, because an endpoint may have
 * stopped accepting the instance's method since the picker showed it.
 */
export const saveShape = operation({
  name: 'save_shape',
  permission: 'change',
  input: saveShapeSchema,
  output: z.strictObject({ revision: z.int() }),
  run: async ({ actor, transaction, audit }, input) => {
    return transaction(async (tx) => {
      await lockStatus(tx, actor, input.instanceId)
      const draft = await takeDraft(tx, actor, input.flowId, input.revision)
      if (!draft.ok) return draft
      const shape = await comparedShape(tx, { id: input.shapeId, flowVersionId: draft.value.id })
      if (!shape) return shapeNotFound
      const choice = await checkChoice(tx, input)
      if (!choice.ok) return choice
      const uncarried = await checkNoSecretCarried(tx, shape, input)
      if (!uncarried.ok) return uncarried
      const { connectorId } = choice.value
      const { name, instanceId, endpointId, timeoutSeconds } = input
      await tx.shape.updateMany({
        where: { id: shape.id },
        data: { name, connectorId, instanceId, endpointId, timeoutSeconds },
      })
      const stored = await storeValues(tx, actor, { ...input, connectorId })
      if (!stored.ok) return stored
      await audit(tx, {
        objectType: 'shape',
        objectId: shape.id,
        objectName: name,
        partOfId: input.flowId,
        changes: [...fact('flow', draft.value.flowName), ...(await changesSince(tx, shape))],
      })
      return succeed({ revision: draft.value.revision })
    })
  },
})

async function checkChoice(tx: WorkspaceTransaction, { instanceId, endpointId }: SaveShape): Promise<Result<Choice>> {
  if (instanceId === null) {
    if (endpointId !== null) return refuse('invalid_input', 'Choose an instance first.', 'instanceId')
    return succeed({ connectorId: null })
  }
  const instance = await tx.instance.findFirst({
    where: { id: instanceId },
    select: { name: true, status: true, connectorId: true, method: { select: { name: true } } },
  })
  if (!instance) return refuse('not_found', 'This instance no longer exists. Choose another.', 'instanceId')
  if (instance.status === 'awaiting_authorisation') {
    return refuse(
      'endpoint_not_available',
      `“${instance.name}” has not been authorised yet. Authorise it first.`,
      'instanceId',
    )
  }
  const { connectorId, name: instanceName } = instance
  if (endpointId === null) return succeed({ connectorId })
  const endpoint = await tx.endpoint.findFirst({ where: { id: endpointId, connectorId }, select: { name: true } })
  if (!endpoint || !(await acceptsInstance(tx, endpointId, instanceId))) {
    return refuse(
      'endpoint_not_available',
      `“${endpoint?.name ?? 'This endpoint'}” is not available for “${instanceName}”: it does not accept ${instance.method.name}. Choose another endpoint, or switch the method on for it.`,
      'endpointId',
    )
  }
  return succeed({ connectorId })
}

type ShapeValues = Pick<SaveShape, 'shapeId' | 'endpointId' | 'values' | 'filters'> & { connectorId: string | null }

/** Deletes the values of another endpoint, replaces all filters, and stores the typed values of variables. */
async function storeValues(tx: WorkspaceTransaction, actor: Actor, shape: ShapeValues): Promise<Result<null>> {
  const { shapeId, endpointId, connectorId } = shape
  const [variables, parameters] = endpointId
    ? await Promise.all([
        tx.variable.findMany({ where: { endpointId, level: 'endpoint' } }),
        tx.parameter.findMany({ where: { endpointId, required: false }, select: { id: true } }),
      ])
    : [[], []]
  const ownVariables = new Map(variables.map((variable) => [variable.id, variable]))
  const ownParameters = new Set(parameters.map(({ id }) => id))
  await tx.shapeValue.deleteMany({
    where: { shapeId, OR: [{ parameterId: { not: null } }, { variableId: { notIn: [...ownVariables.keys()] } }] },
  })
  if (connectorId === null) return succeed(null)
  const owner = { workspaceId: actor.workspaceId, connectorId, shapeId }
  for (const { variableId, value } of shape.values) {
    const variable = ownVariables.get(variableId)
    if (!variable)
      return refuse(
        'invalid_input',
        'This variable belongs to another endpoint. Reload the page.',
        `values.${variableId}`,
      )
    const checked = checkValue(variable, value)
    if (!checked.ok) return checked
    await tx.shapeValue.deleteMany({ where: { shapeId, variableId } })
    if (value !== null && value !== '')
      await tx.shapeValue.create({ data: { ...owner, ...valueColumns(actor, variable, value) } })
  }
  const foreign = shape.filters.find(({ parameterId }) => !ownParameters.has(parameterId))
  if (foreign)
    return refuse(
      'invalid_input',
      'This filter belongs to another endpoint. Reload the page.',
      `filters.${foreign.parameterId}`,
    )
  for (const { parameterId, value } of shape.filters) {
    const parsed = parseFlowValue(value)
    if (!parsed.ok) return refuse(parsed.error.code, parsed.error.message, `filters.${parameterId}`)
  }
  await tx.shapeValue.createMany({ data: shape.filters.map((filter) => ({ ...owner, ...filter })) })
  return succeed(null)
}

/** A flow value ([[payload.path]]) is known, and checked, only when the shape runs. */
function checkValue(variable: Variable, value: string | null): Result<null> {
  if (value === null || value === '') return succeed(null)
  const parsed = parseFlowValue(value)
  if (!parsed.ok) return refuse(parsed.error.code, parsed.error.message, `values.${variable.id}`)
  if (parsed.value.parts.some(({ kind }) => kind === 'flow')) return succeed(null)
  const valid = validateVariableValue(variableDefinition(variable), value)
  return valid.ok ? succeed(null) : refuse(valid.error.code, valid.error.message, `values.${variable.id}`)
}

function valueColumns({ workspaceId }: Actor, variable: Variable, value: string) {
  const id = newId()
  const content = variable.secret
    ? { sealedValue: seal(value, { workspaceId, table: 'ShapeValue', rowId: id, field: 'sealedValue' }) }
    : { value }
  return { id, variableId: variable.id, ...content }
}
