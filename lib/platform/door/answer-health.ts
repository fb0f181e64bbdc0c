import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemDb } from '@/lib/platform/db/client'
import { pathOf } from './request-refusal'
import { sendJson } from './send-json'

/** The time limit for a trivial query. */
const patienceMs = 2_000
/** Anybody may ask, so the result is reused for this long. */
const goodForMs = 1_000

/**
 * `/health/live`: the process responds. `/health/ready`: it can serve people, because its database responds and it is
 * not stopping. For supervisors and load balancers, which use the address of the machine, so every Host is accepted.
 * The response contains nothing else.
 */
export async function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  { isEnding }: { isEnding: boolean },
): Promise<boolean> {
  const path = pathOf(request.url)
  if (!path?.startsWith('/health/') || (request.method !== 'GET' && request.method !== 'HEAD')) return false
  if (path === '/health/live') sendJson(request, response, 200, { status: 'live' })
  else if (path === '/health/ready') await answerReady(request, response, isEnding)
  else sendJson(request, response, 404, { status: 'unknown', known: ['/health/live', '/health/ready'] })
  return true
}

async function answerReady(request: IncomingMessage, response: ServerResponse, isEnding: boolean): Promise<void> {
  const database = await databaseResponds()
  const isReady = database && !isEnding
  sendJson(request, response, isReady ? 200 : 503, {
    status: isReady ? 'ready' : 'not ready',
    database: database ? 'responds' : 'does not respond',
    process: isEnding ? 'ending' : 'running',
  })
}

let last: { at: number; responds: Promise<boolean> } | undefined

function databaseResponds(): Promise<boolean> {
  if (!last || performance.now() - last.at > goodForMs) last = { at: performance.now(), responds: askDatabase() }
  return last.responds
}

function askDatabase(): Promise<boolean> {
  const asked = systemDb().$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  )
  return Promise.race([asked, sleep(patienceMs, false, { ref: false })])
}
