import 'server-only'
import { statusInWords } from '@/lib/domain/http-status-words'
import type { Result } from '@/lib/domain/result'
import type { EndpointResponse } from './call-endpoint'
import type { ExchangeReport } from './exchange-report'
import { reportSent, type TriedPage } from './report-sent'

/** The report for a person of a call that was made with `readsWhole`, with secrets redacted. */
export async function reportExchange(
  response: EndpointResponse,
  page?: TriedPage | null,
): Promise<Result<ExchangeReport>> {
  const { sent, attempts, waitedMs, correlationId } = response
  const { endpoint } = sent.from.plan
  const concern = (status: number) => concernOf(response, status)
  return reportSent(sent, { endpoint, page, correlationId, attempts, waitedMs, concern })
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
