import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestRecord, SandboxServer } from '../control/control'
import type { SandboxState } from '../state'

const mostRecorded = 2000
const bodyLimit = 64 * 1024

function flatten(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}

/** Records requests, so that a test can check what was sent. */
export function recordRequest(
  state: SandboxState,
  server: SandboxServer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const record: RequestRecord = {
    at: new Date().toISOString(),
    server,
    method: request.method ?? '',
    url: request.url ?? '',
    headers: flatten(request.headers),
    body: '',
    status: null,
  }
  response.once('finish', () => (record.status = response.statusCode))
  state.requests.push(record)
  if (state.requests.length > mostRecorded) state.requests.shift()
  collectBody(request, record)
}

/** Listens in addition to the reader of the body, without starting to read it. */
function collectBody(request: IncomingMessage, record: RequestRecord): void {
  const push = request.push.bind(request)
  request.push = (chunk: Buffer | null, ...rest) => {
    if (chunk && record.body.length < bodyLimit) record.body += chunk.toString('utf8')
    return push(chunk, ...rest)
  }
}
