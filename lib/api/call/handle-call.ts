import 'server-only'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isCallPath } from '@/lib/platform/call-path'
import { env } from '@/lib/platform/env'
import { openRoutes, type Routes, type ServerAnswer, type ServerRequest } from '@/lib/platform/door/routes'
import { answerCall } from './answer-call'
import type { IncomingCall, OutgoingResponse } from './messages'

/**
 * Calls are answered before the framework, which would add several times the work of a call and buffer bodies. In
 * development the framework answers them, with the code as it was last edited.
 */
export function openCalls(): void {
  if (env().NODE_ENV === 'production') openRoutes(handleCall)
}

export const handleCall: Routes = async (request, response) => {
  const path = request.url!.split('?', 1)[0]!
  // A preflight request belongs to the framework.
  if (request.method === 'OPTIONS' || !isCallPath(path)) return false
  await send(request, response, await answerCall(incomingOf(request), path))
  return true
}

function incomingOf(request: ServerRequest): IncomingCall {
  const { method = '', url = '', headers, rawHeaders, socket } = request
  const length = headers['content-length']
  const isEmpty = headers['transfer-encoding'] === undefined && (length === undefined || length === '0')
  return {
    method,
    url,
    headers: { get: (name) => (name === 'x-forwarded-for' ? forwardedFor(request) : headerText(headers[name])) },
    pairs: pairsOf(rawHeaders),
    body: isEmpty || socket.destroyed ? null : request,
    bodyLength: length === undefined ? null : Number(length),
  }
}

/** As the framework does it. Without a configured address there is no proxy, so what such a header says is invented. */
function forwardedFor({ headers, socket }: ServerRequest): string | null {
  const given = env().isAddressSet ? headerText(headers['x-forwarded-for']) : null
  return given ?? socket.remoteAddress ?? null
}

function headerText(value: string | string[] | undefined): string | null {
  return value === undefined ? null : String(value)
}

function pairsOf(raw: readonly string[]): [name: string, value: string][] {
  const pairs: [string, string][] = []
  for (let index = 0; index < raw.length; index += 2) pairs.push([raw[index]!, raw[index + 1] ?? ''])
  return pairs
}

async function send(
  request: ServerRequest,
  response: ServerAnswer,
  { status, headers, body }: OutgoingResponse,
): Promise<void> {
  // The rest of a body that nobody reads would delay what follows on the same connection.
  const unread: [string, string][] = request.complete ? [] : [['connection', 'close']]
  // What the door has set about other sites (lib/platform/door/cross-origin.ts) stays true.
  const vary: [string, string][] = response.hasHeader('vary') ? [['vary', String(response.getHeader('vary'))]] : []
  response.writeHead(status, [...headers, ...vary, ...unread].flat())
  if (!(body instanceof Readable)) return void response.end(body)
  // A reader that leaves, or a third party that breaks off, ends the other side too. The log says which.
  await pipeline(body, response).catch(() => {})
}
