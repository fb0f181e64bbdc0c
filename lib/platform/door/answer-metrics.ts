import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { env } from '@/lib/platform/env'
import { renderMetrics } from '@/lib/platform/metrics'
import { isOwnHost, type OwnNames } from './own-hosts'
import { sendRefusal } from './refusal'
import { metricsClosed } from './refusals'
import { pathOf } from './request-refusal'

/**
 * `/metrics` of this process, for Prometheus. With PATCHBAY_METRICS_TOKEN, for clients that send it. Without it, only
 * for programs on this machine, and not through a reverse proxy.
 */
export async function answerMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  names: OwnNames,
): Promise<boolean> {
  if (pathOf(request.url) !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) return false
  const token = env().PATCHBAY_METRICS_TOKEN
  if (token === undefined ? isFromThisMachine(request, names) : sendsToken(request, token)) {
    const { type, text } = await renderMetrics()
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    response.end(request.method === 'HEAD' ? undefined : text)
  } else sendRefusal(request, response, metricsClosed(token !== undefined))
  return true
}

/** Such a program uses a name of the machine, even if people have to use APP_URL. */
function isFromThisMachine({ socket, headers }: IncomingMessage, names: OwnNames): boolean {
  if (!isOwnHost(headers.host, { ...names, onlyConfigured: false })) return false
  const isForwarded = Object.keys(headers).some((name) => /^(x-forwarded-|forwarded$|x-real-ip$|via$)/.test(name))
  return !isForwarded && /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(socket.remoteAddress ?? '')
}

/** Hashed first, so that the comparison takes the same time for every text. */
function sendsToken({ headers }: IncomingMessage, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const sent = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
  return timingSafeEqual(digest(sent), digest(token))
}
