import 'server-only'
import { exchangeReport } from '@/lib/calls/exchange-report'
import { rememberBriefly } from '@/lib/calls/remember-briefly'
import { draftCredentials, type CredentialDraft } from '@/lib/credentials/credentials'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { causeOf } from '@/lib/exchange/request-context'
import { checkNothingMissing, checkTypedValues } from '@/lib/instances/check-values'
import { loadFields, type MethodFields } from '@/lib/instances/load-fields'
import { operation } from '@/lib/operations/operation'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { obtainOwnToken } from '@/lib/verification/own-token'
import { checkEntered } from './check-entered'
import { tryWithTypedValuesSchema, type TrialRequest } from './schema'
import { sendTrial } from './send-trial'

/**
 * *Try it* with credentials typed for this alone: they are sent, never stored, and the token that they give is forgotten
 * afterwards. Needs *manager*, because typed values are sent (DATA §1).
 */
export const tryWithTypedValues = operation({
  name: 'try_with_typed_values',
  permission: 'change',
  input: tryWithTypedValuesSchema,
  output: exchangeReport,
  run: async ({ actor, db }, { methodId, credentials, request }) => {
    const fields = await loadFields(actor.workspaceId, methodId)
    if (!fields) return notFound('authentication_method')
    const draft = readDraft(fields, credentials)
    if (!draft.ok) return draft
    const accepted =
      request.kind === 'test_request' ? succeed('Test request') : await checkAccepted(db, fields, request)
    if (!accepted.ok) return accepted
    const load = rememberBriefly(() => draftCredentials(actor.workspaceId, draft.value))
    const loaded = await load()
    if (!loaded.ok) return loaded
    const cause = causeOf(actor, accepted.value, request.kind === 'endpoint' ? { endpointId: request.endpointId } : {})
    const own = await obtainOwnToken(loaded.value, cause)
    if (!own.ok) return { ok: false as const, error: own.error }
    return sendTrial(actor, { request, load, cause, own: own.value })
  },
})

function readDraft({ method, all }: MethodFields, credentials: Record<string, string>): Result<CredentialDraft> {
  if (needsPerson(method))
    return refuse(
      'invalid_input',
      `“${method.name}” needs a person who authorises at the third party. Choose an instance instead.`,
    )
  const values = checkTypedValues(all, credentials)
  if (!values.ok) return values
  const complete = checkNothingMissing(all, values.value)
  if (!complete.ok) return complete
  return succeed({ methodId: method.id, instanceId: null, values: values.value, certificate: { kind: 'keep' } })
}

/**
 * Rule R1, as for an instance of this method.
 * @returns the endpoint's name
 */
async function checkAccepted(
  db: WorkspaceDb,
  { method }: MethodFields,
  request: Extract<TrialRequest, { kind: 'endpoint' }>,
): Promise<Result<string>> {
  const { endpointId } = request
  const [enabled, endpoint] = await Promise.all([
    db.enablement.findFirst({ where: { endpointId, methodId: method.id }, select: { endpointId: true } }),
    db.endpoint.findFirst({ where: { id: endpointId }, select: { name: true } }),
  ])
  if (!endpoint) return notFound('endpoint')
  if (!enabled)
    return refuse(
      'endpoint_not_available',
      `“${endpoint.name}” does not accept “${method.name}”. Turn the method on for this endpoint first. Nothing was sent.`,
    )
  const entered = await checkEntered(db, request)
  return entered.ok ? succeed(endpoint.name) : entered
}
