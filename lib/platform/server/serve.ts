import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import next from 'next'
// Types only: they are gone before Node reads this.
import type { Door } from '@/lib/platform/door/door'
import type { RequestUnderWay } from '@/lib/platform/request-under-way'

/**
 * The app's own process: Next behind Node's HTTP server. It is started by the launcher (app-server.ts) with plain Node,
 * so it imports nothing of the checkout. A server of our own instead of `next start`, because the address it listens on
 * changes once: this machine only until set-up is done, everywhere from then on, without a restart.
 */

const port = Number(process.env.PORT)
const behindProxy = Boolean(process.env.APP_URL)
const development = process.argv.includes('--dev')
const graceMs = 7_000
/** The launcher kills after ten seconds. */
const lastWorkMs = 2_000
/** Longer than reverse proxies keep theirs (60 s), so that none uses a connection that is being closed. */
const keepAliveMs = 65_000

const app = next({ dev: development, hostname: 'localhost', port })
const begun = new Promise<unknown>((resolve) => {
  // Called by instrumentation.ts, with what went wrong.
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

/** The app answers what its door does not. */
async function admit(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { patchbayDoor } = globalThis as { patchbayDoor?: Door }
  if (await patchbayDoor?.(request, response, { isSetUp: !local, isEnding: ending })) return
  if (!behindProxy) dropForwardingClaims(request)
  await handle(request, response)
}

/** Also of callers who have gone: a request that was sent for them is still written into the log. */
const underWay = new Set<Promise<void>>()

/** What the app knows about the request it works for (lib/platform/request-under-way.ts). */
const requests = ((globalThis as { patchbayRequests?: AsyncLocalStorage<RequestUnderWay> }).patchbayRequests =
  new AsyncLocalStorage())

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return gone.signal
}

/**
 * Without a configured address nobody forwards: what a request says about its way here is made up. Next then fills it
 * in.
 */
function dropForwardingClaims({ headers }: IncomingMessage): void {
  for (const name of Object.keys(headers))
    if (name === 'forwarded' || name.startsWith('x-forwarded-')) delete headers[name]
}

function listen(host: string | undefined): Promise<Server> {
  const server = createServer({ keepAliveTimeout: keepAliveMs }, answer)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => resolve(server))
  })
}

/** Until set-up is done. */
let local = process.argv.includes('--local')
let ending = false
let server = await listen(local ? '127.0.0.1' : undefined)

/** Requests under way are answered by the listener that took them. */
async function listenEverywhere(): Promise<void> {
  local = false
  server.close()
  server = await listen(undefined)
  process.send?.('listening everywhere')
}

/** Answers what has begun, for as long as that may take, and then lets the app write down what it still holds. */
async function end(): Promise<void> {
  if (ending) return
  ending = true
  endLiveStreams()
  await Promise.race([allAnswered(), sleep(graceMs)])
  await Promise.race([finishWork(), sleep(lastWorkMs)])
  process.exit(0)
}

/** Responses that would never end by themselves (lib/platform/at-end.ts). */
function endLiveStreams(): void {
  const { patchbayWhenEnding = new Map() } = globalThis as { patchbayWhenEnding?: Map<string, () => void> }
  for (const work of patchbayWhenEnding.values()) work()
}

async function allAnswered(): Promise<void> {
  await new Promise((resolve) => server.close(resolve))
  await Promise.allSettled(underWay)
}

/** What the app has registered (lib/platform/at-end.ts). */
async function finishWork(): Promise<void> {
  const { patchbayAtEnd = new Map() } = globalThis as { patchbayAtEnd?: Map<string, () => Promise<void>> }
  await Promise.allSettled([...patchbayAtEnd.values()].map((work) => work()))
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end())
// The launcher is gone without a word: nobody would stop this process.
process.on('disconnect', () => void end())
process.on('message', (message) => void (message === 'listen everywhere' && listenEverywhere()))
process.send?.('ready')
