import 'server-only'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { signer } from '@/lib/platform/crypto/signer'
import type { ExchangeReport } from '@/lib/calls/exchange-report'
import { reportSent, type TriedPage } from '@/lib/calls/report-sent'
import { sendWithToken } from '@/lib/calls/send-with-token'
import type { Loaded } from '@/lib/calls/types'
import { withShapeValues, type Credentials } from '@/lib/credentials/credentials'
import { flushRequestLog } from '@/lib/request-log/record'
import type { Load } from '@/lib/verification/verify'
import { testRequestOf, withOwnToken, type SendOptions } from '@/lib/verification/with-own-token'
import type { EnteredValues } from './check-entered'
import { pageToTry } from './page-to-try'

/** The request of an endpoint with checked values, or a test request of the method. */
export type RequestToSend = { endpoint: EndpointDefinition; entered: EnteredValues } | { endpoint: null; step: number }

type Trial = SendOptions & { request: RequestToSend; load: Load }

/** Sends one request outside of `callEndpoint` and reports it. Stores only its line in the request log. */
export async function sendTrial({ request, load, ...options }: Trial): Promise<Result<ExchangeReport>> {
  const page = request.endpoint && pageToTry(request.endpoint, request.entered)
  const sent = await sendWithToken({
    purpose: request.endpoint ? 'endpoint' : 'verify',
    evenIfDead: true,
    readsWhole: true,
    load: async (fresh) =>
      withOwnToken(await load(fresh), options, (credentials) => builderOf(request, page, credentials)),
  })
  if (!sent.ok) return { ok: false, error: sent.error.refusal }
  const { attempts, waitedMs } = sent.value
  const { endpoint } = request
  const { correlationId } = options.cause
  const report = await reportSent(sent.value, {
    ...{ endpoint, correlationId, attempts, waitedMs, concern: () => null },
    page,
  })
  await flushRequestLog()
  return report
}

function builderOf(request: RequestToSend, page: TriedPage | null, credentials: Credentials): Result<Loaded['build']> {
  if (request.endpoint) return succeed(endpointRequestOf(request.endpoint, request.entered, page, credentials))
  const build = testRequestOf(credentials, request.step)
  if (build) return succeed(build)
  const { name } = credentials.method
  return refuse('invalid_input', `“${name}” has no test request yet. Add one on the Test request tab.`)
}

function endpointRequestOf(
  endpoint: EndpointDefinition,
  entered: EnteredValues,
  page: TriedPage | null,
  credentials: Credentials,
): Loaded['build'] {
  const filters = new Map(Object.entries(entered.filters))
  const entire = withShapeValues(credentials, new Map(Object.entries(entered.values)))
  const { connector, method, values, confirmedOrigins } = entire
  return (reserved) =>
    buildEndpointRequest({
      ...{ connector, method, endpoint, values, filters, reserved, signer, confirmedOrigins },
      page: page?.position,
    })
}
