import type { Actor } from '@/lib/domain/access/actor'
import type { Result } from '@/lib/domain/result'
import { callEndpoint, type EndpointRequest } from '@/lib/calls/call-endpoint'
import type { ExchangeReport } from '@/lib/calls/exchange-report'
import { reportExchange } from '@/lib/calls/report-exchange'
import { flushRequestLog } from '@/lib/request-log/record'

/** A call with its report, as on a screen. Its line is in the request log when this settles. */
export async function sendEndpointRequest(actor: Actor, input: EndpointRequest): Promise<Result<ExchangeReport>> {
  const called = await callEndpoint(actor, { ...input, readsWhole: true })
  const report = called.ok ? await reportExchange(called.value) : called
  await flushRequestLog()
  return report
}
