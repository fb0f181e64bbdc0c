import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { signaturePresets } from '@/lib/domain/authentication/signature-presets'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { methodDocument } from './document-schema'
import { planMethod, type MethodPlan } from './plan-method'
import type { CreateMethod } from './schema'
import { getMethodEndpoints } from './test-endpoints'
import { writeMethod } from './write-method'

type Added = { id: string; pendingOrigins: string[] }

/**
 * Adds a method with its type's default variables, parameters and phases, or with those of a well-known signature. It
 * is off on every endpoint (rule R2).
 * @returns the new method's id
 */
export async function createMethod(
  actor: Actor,
  { connectorId, signaturePreset = '', testEndpointId = '', ...input }: CreateMethod,
): Promise<Result<Added>> {
  const preset = signaturePresets.find(({ key }) => key === signaturePreset)
  if (preset && input.type !== 'request_signature')
    return refuse('invalid_input', 'Only a request signature starts from one.', 'signaturePreset')
  const verify = await testRequest(actor, connectorId, testEndpointId)
  if (!verify.ok) return verify
  const plan = planMethod(
    methodDocument.parse({
      ...input,
      ...(preset && { options: preset.options, variables: preset.variables }),
      requests: verify.value,
    }),
  )
  return plan.ok ? addMethod(actor, connectorId, plan.value, 'create_method') : plan
}

/** What a chosen endpoint makes the test request of the new method. */
async function testRequest(actor: Actor, connectorId: string, endpointId: string) {
  if (endpointId === '') return succeed({})
  const endpoints = await getMethodEndpoints(actor, connectorId)
  if (!endpoints.ok) return endpoints
  const chosen = endpoints.value.testEndpoints.find(({ id }) => id === endpointId)
  if (!chosen)
    return refuse(
      'invalid_input',
      'This endpoint can no longer serve as a test request. Choose another.',
      'testEndpointId',
    )
  return succeed({ verify: { method: 'GET', url: chosen.url } })
}

/** Adds a method that has been planned, from a form, a document or a preset. */
export async function addMethod(
  actor: Actor,
  connectorId: string,
  plan: MethodPlan,
  action: 'create_method' | 'import_method',
): Promise<Result<Added>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const db = workspaceDb(actor.workspaceId)
  const connector = await db.connector.findFirst({ where: { id: connectorId }, select: { id: true } })
  if (!connector)
    return refuse('not_found', 'This connector does not exist in your workspace; it may have been deleted.')
  try {
    return await db.$transaction((tx) => insert(tx, actor, connectorId, plan, action))
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    return refuse(
      'name_taken',
      `This connector already has an authentication method called "${plan.name}". Choose another name.`,
      'name',
    )
  }
}

async function insert(
  tx: WorkspaceTransaction,
  actor: Actor,
  connectorId: string,
  plan: MethodPlan,
  action: string,
): Promise<Result<Added>> {
  const id = await writeMethod(tx, actor, connectorId, plan)
  const changes = { type: authenticationTypes[plan.type] }
  await recordAudit(tx, actor, {
    action,
    objectType: 'authentication_method',
    objectId: id,
    objectName: plan.name,
    changes,
  })
  const { pending } = await syncConnectorOrigins(tx, actor, connectorId)
  return succeed({ id, pendingOrigins: pending })
}
