import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { env } from '@/lib/platform/env'
import { requestUnderWay, type RequestUnderWay } from '@/lib/platform/request-under-way'
import { countRequest } from '@/lib/platform/metrics'
import { answerHealth } from './answer-health'
import { answerMetrics } from './answer-metrics'
import { crossOriginHeaders } from './cross-origin'
import type { OwnNames } from './own-hosts'
import { sendRefusal, type Refusal } from './refusal'
import { malformedRequest } from './refusals'
import { replaceFailure } from './replace-failure'
import { pathOf, requestRefusal } from './request-refusal'

export type ServerState = {
  isSetUp: boolean
  /** The server is stopping: it accepts no new work and finishes the rest. */
  isEnding: boolean
}

/** Responds to a request itself, or resolves to false if the app should. */
export type Door = (request: IncomingMessage, response: ServerResponse, state: ServerState) => Promise<boolean>

/**
 * Everything that is decided about a request before the framework gets it, and the messages instead of its “Internal
 * Server Error”. The server (lib/platform/server/serve.ts) finds the door here; its module and this one share no
 * imports.
 */
export function openDoor(): void {
  ;(globalThis as { patchbayDoor?: Door }).patchbayDoor = door
}

const door: Door = async (request, response, state) => {
  let said: Refusal | null = null
  countWhenOver(request, response, () => said)
  if (await answerHealth(request, response, state)) return true
  const names = ownNames(state)
  const { PATCHBAY_API_CORS_ORIGINS: apiOrigins } = env()
  if (await answerMetrics(request, response, names)) return true
  for (const [name, value] of Object.entries(crossOriginHeaders(request, apiOrigins))) response.setHeader(name, value)
  const refusal = requestRefusal(request, names, apiOrigins)
  if (refusal) {
    sendRefusal(request, response, refusal)
    return true
  }
  const underWay = requestUnderWay()
  replaceFailure(request, response, () => (said = refusalOfFailure(request, underWay)))
  return false
}

function ownNames({ isSetUp }: ServerState): OwnNames {
  const { APP_URL, PATCHBAY_PUBLIC_URLS, isAddressSet } = env()
  const configured = isAddressSet ? [APP_URL, ...PATCHBAY_PUBLIC_URLS] : PATCHBAY_PUBLIC_URLS
  return { configured, onlyConfigured: isAddressSet, isSetUp }
}

/** The status of the response. The framework may still change its own after a refusal was sent instead. */
function countWhenOver(request: IncomingMessage, response: ServerResponse, said: () => Refusal | null): void {
  const began = performance.now()
  const kind = kindOf(request)
  response.once('close', () => countRequest(kind, said()?.status ?? response.statusCode, performance.now() - began))
}

/** The values of a metric's label: only a few, and none from the address. */
function kindOf({ method, url = '' }: IncomingMessage): string {
  if (url.startsWith('/_next/')) return 'static'
  if (url.startsWith('/api/')) return 'api'
  if (url.startsWith('/health/') || url === '/metrics') return 'operation'
  return method === 'POST' ? 'action' : 'page'
}

/** A POST to a page is an action. If it fails before its code begins, the request could not be read. */
function refusalOfFailure(request: IncomingMessage, underWay: RequestUnderWay | undefined): Refusal | null {
  if (underWay?.refusal) return underWay.refusal
  const isAction = request.method === 'POST' && !pathOf(request.url)?.startsWith('/api/')
  return isAction && !underWay?.actionBegan ? malformedRequest('Its data is damaged.') : null
}
