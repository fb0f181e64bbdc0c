import { setTimeout as sleep } from 'node:timers/promises'
import { buffer } from 'node:stream/consumers'
import { Client } from 'pg'
import type { Actor } from '@/lib/domain/access/actor'
import { callEndpoint } from '@/lib/calls/call-endpoint'

/**
 * A server process of its own for tests: its callers call again and again until it is told to stop, or dies. It tells
 * when each check before a request began. Started by startCallingWorker().
 */

export type CallingJob = {
  actor: Actor
  instanceId: string
  endpointId: string
  callers: number
  /** Between two calls of one caller. */
  pauseMs: number
}

export type CallingResult = {
  answered: number
  /** How often each refusal was met. */
  refused: Record<string, number>
  /** When checks began, and how many went together. */
  checks: { at: number; count: number }[]
}

const result: CallingResult = { answered: 0, refused: {}, checks: [] }
let stopped = false

const prototype = Client.prototype as unknown as { query: (...input: unknown[]) => unknown }
const query = prototype.query
prototype.query = function (this: unknown, ...input: unknown[]) {
  const { name, values } = input[0] as { name?: string; values?: unknown[][] }
  if (name === 'check_calls') result.checks.push({ at: Date.now(), count: values![0]!.length })
  return query.apply(this, input)
}

async function call({ actor, instanceId, endpointId, pauseMs }: CallingJob): Promise<void> {
  while (!stopped) {
    const called = await callEndpoint(actor, { instanceId, endpointId, values: {}, filters: {} })
    if (called.ok) {
      await buffer(called.value.body)
      result.answered += 1
    } else result.refused[called.error.code] = (result.refused[called.error.code] ?? 0) + 1
    await sleep(pauseMs)
  }
}

let calling: Promise<unknown> = Promise.resolve()

process.stdin.on('data', (line) => {
  const text = String(line).trim()
  if (text === 'stop') {
    stopped = true
    void calling.then(() => process.stdout.write(`${JSON.stringify(result)}\n`))
    return
  }
  const job = JSON.parse(text) as CallingJob
  calling = Promise.all(Array.from({ length: job.callers }, () => call(job)))
})

/**
 * As the server does (lib/platform/server/serve.ts): what is under way is answered, then the app's last work is done.
 */
process.on('SIGTERM', () => {
  stopped = true
  const { patchbayAtEnd = new Map() } = globalThis as { patchbayAtEnd?: Map<string, () => Promise<void>> }
  void calling.then(() => Promise.all([...patchbayAtEnd.values()].map((work) => work()))).then(() => process.exit(0))
})

process.stdout.write('ready\n')
