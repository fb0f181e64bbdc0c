import 'server-only'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { statusInWords } from '@/lib/domain/http-status-words'
import { createRedactor, type Redactor } from '@/lib/domain/redaction'
import { shownRequest } from '@/lib/domain/requests/shown-request'
import { succeed, type Result } from '@/lib/domain/result'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import type { SendOutcome } from '@/lib/platform/http/send'
import { readSent } from './send-with-token'
import { showBody, type ShownBody } from './show-body'
import type { EndpointResponse } from './call-endpoint'
import type { ExchangeReport } from './exchange-report'

/**
 * What a person sees of a call that was made with `readsWhole`: its answer is read to the end, shortened, and all
 * secrets are removed from it.
 */
export async function reportExchange(response: EndpointResponse): Promise<Result<ExchangeReport>> {
  return readSent(response.sent, (outcome) => reportOf(response, outcome))
}

async function reportOf(call: EndpointResponse, outcome: SendOutcome): Promise<Result<ExchangeReport>> {
  if (!outcome.ok) return { ok: false, error: outcome.error }
  const { sent, attempts, waitedMs, correlationId } = call
  const { credentialNames, secrets } = sent.built
  const request = shownRequest(sent.built)
  const fieldNames = [...credentialNames.headers, ...credentialNames.queryKeys]
  const redactor = createRedactor({ secrets, fieldNames })
  const requestBody = request.body === null ? null : textOf(request.body)
  const { response } = outcome
  const bytes = response.body.byteLength
  const { dataPath } = sent.from.plan.endpoint
  const shown = await askAboutBody(
    showBody,
    { body: response.body, dataPath, secrets: secrets.texts(), fieldNames },
    { bodies: [response.body], handOver: true },
  )
  return succeed({
    request: {
      method: request.method,
      url: redactor.url(request.url),
      headers: redactor.headers(request.headers),
      body: requestBody === null ? null : redactor.body(requestBody),
    },
    response: {
      ...headOf(response, redactor),
      bytes,
      ...(shown.ok ? shown.value : withoutBody(shown.error.message)),
    },
    redirects: outcome.redirects,
    concern: concernOf(call, response.status),
    timing: outcome.timing,
    attempts,
    waitedMs,
    correlationId,
  })
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

function textOf(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body)
}

function headOf({ status, headers }: OutboundResponse, redactor: Redactor) {
  return { status, headers: redactor.headers(headers) }
}

function withoutBody(problem: string): ShownBody {
  return { body: '', truncated: true, isJson: false, recordCount: null, problem }
}
