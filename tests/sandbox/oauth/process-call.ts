import { IncomingMessage, ServerResponse, type OutgoingHttpHeaders } from 'node:http'
import type Provider from 'oidc-provider'
import { withClientOfAssertion } from './grants'

export type ProcessedAnswer = { status: number; headers: OutgoingHttpHeaders; body: string }

/** Also accepts JSON and parameters in the query, which some vendors require. */
export function asForm(request: IncomingMessage, body: string): string {
  if (body === '') return request.url?.split('?')[1] ?? ''
  if (!request.headers['content-type']?.includes('json')) return body
  return new URLSearchParams(Object.entries(JSON.parse(body)).map(([key, value]) => [key, String(value)])).toString()
}

/** Repeats the request with its body, under the path that the provider expects. */
function replay(request: IncomingMessage, body: string, path: string): IncomingMessage {
  const form = withClientOfAssertion(asForm(request, body))
  const copy = new IncomingMessage(request.socket)
  const { 'transfer-encoding': _chunked, ...headers } = request.headers
  // Marked as complete; otherwise its end would count as an abort and close the caller's connection.
  Object.assign(copy, { method: 'POST', url: path, originalUrl: request.url?.split('?')[0], complete: true })
  copy.headers = {
    ...headers,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(form)),
  }
  copy.push(form)
  copy.push(null)
  return copy
}

/** Lets the provider process a call and returns its response instead of sending it. */
export function processCall(
  provider: Provider,
  request: IncomingMessage,
  body: string,
  path: string,
): Promise<ProcessedAnswer> {
  return new Promise((resolve, reject) => {
    const copy = replay(request, body, path)
    const answer = new ServerResponse(copy)
    answer.end = ((content?: string | Buffer) => {
      resolve({ status: answer.statusCode, headers: answer.getHeaders(), body: content?.toString() ?? '' })
      return answer
    }) as ServerResponse['end']
    Promise.resolve(provider.callback()(copy, answer)).catch(reject)
  })
}
