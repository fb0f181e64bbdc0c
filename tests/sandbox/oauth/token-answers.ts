import type { ServerResponse } from 'node:http'
import { answerHtml, answerJson } from '../http/answer'
import type { TokenAnswer } from '../control/control'
import type { ProcessedAnswer } from './process-call'

const elevenMegabytes = 11 * 1024 * 1024

/** Responds without processing the call. False if the real response is needed, perhaps in another form. */
export function answerScripted(answer: TokenAnswer, response: ServerResponse): boolean {
  switch (answer.kind) {
    case 'error':
      answerJson(response, answer.status ?? 400, {
        error: answer.error,
        error_description: answer.description ?? 'Requested by the test',
      })
      return true
    case 'nonsense':
      response.writeHead(200, { 'content-type': 'application/json' }).end('%% this is not JSON {{{')
      return true
    case 'html':
      answerHtml(response, answer.status ?? 200, '<!doctype html><title>Maintenance</title><h1>Back soon</h1>')
      return true
    case 'huge':
      answerJson(response, 200, { access_token: 'a'.repeat(elevenMegabytes), token_type: 'Bearer' })
      return true
    case 'literal':
      response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body)
      return true
    case 'disconnect':
      response.destroy()
      return true
    case 'never':
      return true
    default:
      return false
  }
}

function reshape(answer: TokenAnswer, real: Record<string, unknown>): { contentType: string; body: string } {
  const { access_token, refresh_token, expires_in, ...rest } = real
  const json = (value: unknown) => ({ contentType: 'application/json', body: JSON.stringify(value) })
  switch (answer.kind) {
    case 'form':
      return {
        contentType: 'application/x-www-form-urlencoded',
        body: new URLSearchParams(Object.entries(real).map(([k, v]) => [k, String(v)])).toString(),
      }
    case 'no_token':
      return json({ ...rest, refresh_token, expires_in })
    case 'no_expiry':
      return json({ ...rest, access_token, refresh_token })
    case 'no_refresh_token':
      return json({ ...rest, access_token, expires_in })
    case 'nested':
      return json({ data: { credentials: { ...rest, token: access_token, refresh_token, expires_in } } })
    case 'with':
      return json({ ...real, ...answer.members })
    default:
      return json(real)
  }
}

/** The real response in the form that the test asked for. Errors are not changed. */
export function reshapeAnswer(answer: TokenAnswer | null, real: ProcessedAnswer): ProcessedAnswer {
  if (!answer || real.status !== 200) return real
  const { contentType, body } = reshape(answer, JSON.parse(real.body) as Record<string, unknown>)
  return {
    ...real,
    headers: { ...real.headers, 'content-type': contentType, 'content-length': Buffer.byteLength(body) },
    body,
  }
}
