import 'server-only'
import type { PermittedActor } from '@/lib/domain/access/actor'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import { buildProbeRequest, verifyPhases } from '@/lib/domain/requests/build-probe-request'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { signer } from '@/lib/platform/crypto/signer'
import type { ExchangeReport } from '@/lib/calls/exchange-report'
import { reportSent } from '@/lib/calls/report-sent'
import { sendWithToken } from '@/lib/calls/send-with-token'
import type { Loaded } from '@/lib/calls/types'
import { withStoredValues, withShapeValues, type Credentials } from '@/lib/credentials/credentials'
import { loadEndpoint } from '@/lib/credentials/load-definitions'
import type { Cause } from '@/lib/exchange/request-context'
import type { ReservedValues } from '@/lib/exchange/reserved-values'
import { flushRequestLog } from '@/lib/request-log/record'
import type { OwnToken } from '@/lib/verification/own-token'
import type { Load } from '@/lib/verification/verify'
import type { TrialRequest } from './schema'

type Trial = {
  request: TrialRequest
  load: Load
  cause: Cause
  /** Of typed credentials; null for an instance, which has its own. */
  own: OwnToken | null
}

type Prepared = {
  dataPath: string
  build: (credentials: Credentials, reserved: ReservedValues) => Result<BuiltRequest>
}

/** Sends one request outside of `callEndpoint` and reports it. Nothing is stored but its line in the request log. */
export async function sendTrial(actor: PermittedActor, trial: Trial): Promise<Result<ExchangeReport>> {
  const { request, load, cause, own } = trial
  const prepared = await prepare(actor, request)
  if (!prepared.ok) return prepared
  const { dataPath, build } = prepared.value
  const sent = await sendWithToken({
    purpose: request.kind === 'endpoint' ? 'endpoint' : 'verify',
    evenIfDead: true,
    readsWhole: true,
    load: async (fresh): Promise<Result<Loaded>> => {
      const loaded = await load(fresh)
      if (!loaded.ok) return loaded
      const credentials = own ? withStoredValues(loaded.value, own.stored) : loaded.value
      return succeed({
        credentials,
        cause,
        timeoutMs: credentials.method.timeoutSeconds * 1000,
        build: (reserved) => build(credentials, reserved),
        ...(own && { ownToken: own.token }),
      })
    },
  })
  if (!sent.ok) return { ok: false, error: sent.error.refusal }
  const { attempts, waitedMs } = sent.value
  const { correlationId } = cause
  const report = await reportSent(sent.value, { dataPath, correlationId, attempts, waitedMs, concern: () => null })
  await flushRequestLog()
  return report
}

async function prepare({ workspaceId }: PermittedActor, request: TrialRequest): Promise<Result<Prepared>> {
  if (request.kind === 'test_request') return succeed({ dataPath: '', build: testRequestBuilder(request.step) })
  const endpoint = await loadEndpoint(workspaceId, request.endpointId)
  if (!endpoint) return notFound('endpoint')
  const filters = new Map(Object.entries(request.filters))
  return succeed({
    dataPath: endpoint.dataPath,
    build: (credentials, reserved) => {
      const entered = withShapeValues(credentials, new Map(Object.entries(request.values)))
      const { connector, method, values, confirmedOrigins } = entered
      return buildEndpointRequest({ connector, method, endpoint, values, filters, reserved, signer, confirmedOrigins })
    },
  })
}

function testRequestBuilder(step: number): Prepared['build'] {
  return ({ connector, method, values, confirmedOrigins }, reserved) => {
    const phase = verifyPhases(method).find((candidate) => candidate.step === step)
    if (!phase)
      return refuse('invalid_input', `“${method.name}” has no test request yet. Add one on the tab Test request.`)
    return buildProbeRequest({ connector, method, values, confirmedOrigins, reserved, signer }, phase)
  }
}
