import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import next from 'next'
// Only types, which Node removes.
import type { Door } from '@/lib/platform/door/door'
import type { RequestUnderWay } from '@/lib/platform/request-under-way'
import type { Routes } from '@/lib/platform/door/routes'

/**
 * The app's own process: Next behind Node's HTTP server. It is started by the launcher (app-server.ts) with plain Node,
 * so it imports nothing of the checkout. Our own server instead of `next start`, because the address that it listens on
 * changes once, without a restart: only this machine until set-up is done, all interfaces from then on.
 */

const port = Number(process.env.PORT)
const behindProxy = Boolean(process.env.APP_URL)
const development = process.argv.includes('--dev')
const graceMs = 7_000
/** The launcher kills the process after ten seconds. */
const lastWorkMs = 2_000
/** Longer than in reverse proxies (60 s), so that none of them uses a connection that is being closed. */
const keepAliveMs = 65_000
/** Of headers, which are short. */
const headersMs = 60_000
/**
 * Node's own limit of five minutes would end a file of 100 MB on a line of less than 350 kB/s, and long bodies of calls
 * to endpoints. An hour is enough at 30 kB/s.
 */
const requestMs = 60 * 60_000

const app = next({ dev: development, hostname: 'localhost', port })
const begun = new Promise<unknown>((resolve) => {
  // Called by instrumentation.ts, with the error if there was one.
  ;(globalThis as { patchbayBegun?: (failure?: unknown) => void }).patchbayBegun = resolve
})
await app.prepare()
const failure = await begun
if (failure !== undefined) {
  console.error(failure)
  process.exit(1)
}
const handle = app.getRequestHandler()
const answer: RequestListener = (request, response) => {
  const work = requests.run({ gone: goneSignal(response) }, () => admit(request, response))
  underWay.add(work)
  void work.finally(() => underWay.delete(work))
}

/** Passes a request to the app, unless its door (lib/platform/door) or a call (lib/api/call) responds. */
async function admit(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { patchbayDoor, patchbayRoutes } = globalThis as { patchbayDoor?: Door; patchbayRoutes?: Routes }
  if (await patchbayDoor?.(request, response, { isSetUp: !local, isEnding: ending })) return
  if (await patchbayRoutes?.(request, response)) return
  if (!behindProxy) dropForwardingClaims(request)
  await handle(request, response)
}

/** Running requests, also of clients that have disconnected: a request to a third party is still written to the log. */
const underWay = new Set<Promise<void>>()

/** The context of each request, for the app (lib/platform/request-under-way.ts). */
const requests = ((globalThis as { patchbayRequests?: AsyncLocalStorage<RequestUnderWay> }).patchbayRequests =
  new AsyncLocalStorage())

/** One for all: without a reason, each abort would make an exception with a stack, which costs more than the rest. */
const clientGone = new Error('the client has disconnected')

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort(clientGone))
  return gone.signal
}

/** Without a configured address there is no proxy, so such headers are invented. Next then sets them itself. */
function dropForwardingClaims({ headers }: IncomingMessage): void {
  for (const name of Object.keys(headers))
    if (name === 'forwarded' || name.startsWith('x-forwarded-')) delete headers[name]
}

function listen(host: string | undefined): Promise<Server> {
  const timeouts = { keepAliveTimeout: keepAliveMs, headersTimeout: headersMs, requestTimeout: requestMs }
  const server = createServer(timeouts, answer)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => resolve(server))
  })
}

/** Until set-up is done. */
let local = process.argv.includes('--local')
let ending = false
let server = await listen(local ? '127.0.0.1' : undefined)

/** Running requests are finished by the server that accepted them. */
async function listenEverywhere(): Promise<void> {
  local = false
  server.close()
  server = await listen(undefined)
  process.send?.('listening everywhere')
}

/** Finishes running requests, within a time limit, and then lets the app write what is still in memory. */
async function end(): Promise<void> {
  if (ending) return
  ending = true
  endLiveStreams()
  await Promise.race([allAnswered(), sleep(graceMs)])
  await Promise.race([finishWork(), sleep(lastWorkMs)])
  process.exit(0)
}

/** Ends responses that would never end by themselves (lib/platform/at-end.ts). */
function endLiveStreams(): void {
  const { patchbayWhenEnding = new Map() } = globalThis as { patchbayWhenEnding?: Map<string, () => void> }
  for (const work of patchbayWhenEnding.values()) work()
}

async function allAnswered(): Promise<void> {
  await new Promise((resolve) => server.close(resolve))
  await Promise.allSettled(underWay)
}

/** Does the work that the app has registered (lib/platform/at-end.ts). */
async function finishWork(): Promise<void> {
  const { patchbayAtEnd = new Map() } = globalThis as { patchbayAtEnd?: Map<string, () => Promise<void>> }
  await Promise.allSettled([...patchbayAtEnd.values()].map((work) => work()))
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end())
// The launcher has ended unexpectedly, so nothing else would stop this process.
process.on('disconnect', () => void end())
process.on('message', (message) => void (message === 'listen everywhere' && listenEverywhere()))
process.send?.('ready')
