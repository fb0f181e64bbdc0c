import { IncomingMessage, ServerResponse, type OutgoingHttpHeaders } from 'node:http'
import type Provider from 'oidc-provider'

export type ProcessedAnswer = { status: number; headers: OutgoingHttpHeaders; body: string }

/** JSON token requests are taken as well: some vendors want them. */
function asForm(contentType: string, body: string): string {
  if (!contentType.includes('json')) return body
  return new URLSearchParams(Object.entries(JSON.parse(body)).map(([key, value]) => [key, String(value)])).toString()
}

/** The request once more, its body already read, under the path that the provider knows. */
function replay(request: IncomingMessage, body: string, path: string): IncomingMessage {
  const form = asForm(request.headers['content-type'] ?? '', body)
  const copy = new IncomingMessage(request.socket)
  const { 'transfer-encoding': _chunked, ...headers } = request.headers
  // Complete: else its end would count as an abort and close the caller's connection.
  Object.assign(copy, { method: request.method, url: path, originalUrl: request.url, complete: true })
  copy.headers = { ...headers, 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(form)) }
  copy.push(form)
  copy.push(null)
  return copy
}

/** Lets the provider process a call and keeps its answer instead of sending it. */
export function processCall(provider: Provider, request: IncomingMessage, body: string, path: string): Promise<ProcessedAnswer> {
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
