import 'server-only'
import { statusInWords } from '@/lib/domain/http-status-words'
import type { Refusal, Result } from '@/lib/domain/result'
import type { EndpointResponse } from './call-endpoint'
import type { ExchangeReport } from './exchange-report'
import { reportSent } from './report-sent'

/** The report for a person of a call that was made with `readsWhole`, with secrets redacted. */
export async function reportExchange(response: EndpointResponse): Promise<Result<ExchangeReport>> {
  const { sent, attempts, waitedMs, correlationId } = response
  const { dataPath } = sent.from.plan.endpoint
  const concern = (status: number) => concernOf(response, status)
  const reported = await reportSent(sent, { dataPath, correlationId, attempts, waitedMs, concern })
  return reported.ok ? reported : { ok: false, error: withAdvice(reported.error) }
}

/** Only an endpoint can be asked for less data. */
function withAdvice(error: Refusal): Refusal {
  if (error.code !== 'answer_too_large') return error
  return { ...error, message: `${error.message} Request less data at once, for example with a smaller page size.` }
}

/** A 403 is about one endpoint, unless the method says otherwise (PRODUCT §11). */
function concernOf({ verdict, sent }: EndpointResponse, status: number): ExchangeReport['concern'] {
  const { credentials, endpoint } = sent.from.plan
  const { connector, instance } = credentials
  const response = statusInWords(status)
  if (verdict === 'rejected')
    return {
      kind: 'credentials_rejected',
      message: `${connector.name} rejected the credentials of “${instance?.name}” (${response}).`,
    }
  if (status !== 403 || verdict !== 'nothing') return null
  return {
    kind: 'missing_permission',
    message: `${connector.name} refused this request (${response}): “${instance?.name}” lacks a scope or permission for “${endpoint.name}”.`,
  }
}
