import 'server-only'
import { exchangeReport } from '@/lib/calls/exchange-report'
import { rememberBriefly } from '@/lib/calls/remember-briefly'
import { draftCredentials, type CredentialDraft } from '@/lib/credentials/credentials'
import { loadEndpoint } from '@/lib/credentials/load-definitions'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { causeOf } from '@/lib/exchange/request-context'
import { checkNothingMissing, checkTypedValues } from '@/lib/instances/check-values'
import { loadFields, type MethodFields } from '@/lib/instances/load-fields'
import { operation, type Context } from '@/lib/operations/operation'
import { obtainOwnToken } from '@/lib/verification/own-token'
import { checkEntered } from './check-entered'
import { tryWithTypedValuesSchema, type TrialRequest } from './schema'
import { sendTrial, type RequestToSend } from './send-trial'

/**
 * *Try it* with typed credentials. They are sent but never stored, and a token obtained with them is not stored either.
 * Needs *manager*, because typed values are sent (DATA §1).
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
    const prepared = await prepare({ actor, db }, fields, request)
    if (!prepared.ok) return prepared
    const { endpoint } = prepared.value
    const load = rememberBriefly(() => draftCredentials(actor.workspaceId, draft.value))
    const loaded = await load()
    if (!loaded.ok) return loaded
    const cause = endpoint ? causeOf(actor, endpoint.name, { endpointId: endpoint.id }) : causeOf(actor, 'Test request')
    const own = await obtainOwnToken(loaded.value, cause)
    if (!own.ok) return { ok: false as const, error: own.error }
    return sendTrial({ request: prepared.value, load, cause, own: own.value })
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
 * Finds the request to send. An endpoint must accept the method (rule R1), as it must for an instance of the method.
 */
async function prepare(
  { actor, db }: Pick<Context, 'actor' | 'db'>,
  { method }: MethodFields,
  request: TrialRequest,
): Promise<Result<RequestToSend>> {
  if (request.kind === 'test_request') return succeed({ endpoint: null, step: request.step })
  const { endpointId } = request
  const [enabled, endpoint] = await Promise.all([
    db.enablement.findFirst({ where: { endpointId, methodId: method.id }, select: { endpointId: true } }),
    loadEndpoint(actor.workspaceId, endpointId),
  ])
  if (!endpoint) return notFound('endpoint')
  if (!enabled)
    return refuse(
      'endpoint_not_available',
      `“${endpoint.name}” does not accept “${method.name}”. Turn the method on for this endpoint first. Nothing was sent.`,
    )
  const entered = checkEntered(endpoint, request)
  return entered.ok ? succeed({ endpoint, entered: request }) : entered
}
