import 'server-only'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import type { PagePosition } from '@/lib/domain/pagination/page-position'
import { createRedactor, type Redactor } from '@/lib/domain/redaction'
import { shownRequest } from '@/lib/domain/requests/shown-request'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import type { SendOutcome } from '@/lib/platform/http/send'
import type { ExchangeReport } from './exchange-report'
import { readSent, type Sent } from './send-with-token'
import { showBody, type AskedPage, type ShownBody } from './show-body'

export type TriedPage = { position: PagePosition; seen: readonly string[] }

export type ReportOptions = {
  /** Null for requests that belong to none. */
  endpoint: Pick<EndpointDefinition, 'dataPath' | 'pagination'> | null
  /** The page of the endpoint that was asked for, and the keys of earlier ones. */
  page?: TriedPage | null
  correlationId: string
  attempts: number
  waitedMs: number
  /** What a status says about the instance. */
  concern: (status: number) => ExchangeReport['concern']
}

/**
 * What a person sees of a request that was sent with `readsWhole`: its response is read to the end and shortened, and
 * all secrets are removed from both.
 */
export async function reportSent(
  sent: Pick<Sent, 'outcome' | 'wasRead' | 'ended' | 'built'>,
  options: ReportOptions,
): Promise<Result<ExchangeReport>> {
  const reported = await readSent(sent, (outcome) => reportOf(sent, options, outcome))
  if (reported.ok || options.endpoint === null) return reported
  return { ok: false, error: withAdvice(reported.error) }
}

/** Only an endpoint can be asked for less data. */
function withAdvice(error: Refusal): Refusal {
  if (error.code !== 'answer_too_large') return error
  return { ...error, message: `${error.message} Request less data at once, for example with a smaller page size.` }
}

async function reportOf(
  { built }: Pick<Sent, 'built'>,
  { endpoint, page, correlationId, attempts, waitedMs, concern }: ReportOptions,
  outcome: SendOutcome,
): Promise<Result<ExchangeReport>> {
  if (!outcome.ok) return { ok: false, error: outcome.error }
  const { credentialNames, secrets } = built
  const request = shownRequest(built)
  const fieldNames = [...credentialNames.headers, ...credentialNames.queryKeys]
  const redactor = createRedactor({ secrets, fieldNames })
  const requestBody = request.body === null ? null : textOf(request.body)
  const { response } = outcome
  const bytes = response.body.byteLength
  const shown = await askAboutBody(
    showBody,
    {
      ...{ body: response.body, dataPath: endpoint?.dataPath ?? '', secrets: secrets.texts(), fieldNames },
      page: askedPage(endpoint, page, response),
    },
    { bodies: [response.body], handOver: true },
  )
  const { page: next, ...body } = shown.ok ? shown.value : withoutBody(shown.error.message)
  return succeed({
    request: {
      method: request.method,
      url: redactor.url(request.url),
      headers: redactor.headers(request.headers),
      body: requestBody === null ? null : redactor.body(requestBody),
    },
    response: { ...headOf(response, redactor), bytes, ...body },
    page: next,
    redirects: outcome.redirects,
    concern: concern(response.status),
    timing: outcome.timing,
    attempts,
    waitedMs,
    correlationId,
  })
}

/** A response that is an error is no page. */
function askedPage(
  endpoint: ReportOptions['endpoint'],
  page: TriedPage | null | undefined,
  { status, headers }: OutboundResponse,
): AskedPage | null {
  if (!endpoint || !page || status >= 300) return null
  return { pagination: endpoint.pagination, ...page, status, headers }
}

function textOf(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body)
}

function headOf({ status, headers }: OutboundResponse, redactor: Redactor) {
  return { status, headers: redactor.headers(headers) }
}

function withoutBody(problem: string): ShownBody {
  return { body: '', truncated: true, isJson: false, recordCount: null, problem, page: null }
}
