import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { buffer } from 'node:stream/consumers'
import { Client } from 'pg'
import type { Actor } from '@/lib/domain/access/actor'
import { callEndpoint } from '@/lib/calls/call-endpoint'

/**
 * A server process of its own for tests: its callers call again and again until it is told to stop, or dies. It tells
 * when each check before a request began. Each line of its input is a job, or asks for a report. Started by
 * startCallingWorker().
 */

export type CallingJob = {
  actor: Actor
  instanceId: string
  endpointId: string
  callers: number
  /** Between two calls of one caller. */
  pauseMs: number
  /** Says of each call that it was answered, before anything else is done, so that its death takes no word with it. */
  tellsAnswers?: boolean
}

export type CallingResult = {
  answered: number
  /** How often each refusal was met. */
  refused: Record<string, number>
  /** When checks began, and how many went together. */
  checks: { at: number; count: number }[]
}

const emptyResult = (): CallingResult => ({ answered: 0, refused: {}, checks: [] })
let result = emptyResult()
let stopped = false

const prototype = Client.prototype as unknown as { query: (...input: unknown[]) => unknown }
const query = prototype.query
prototype.query = function (this: unknown, ...input: unknown[]) {
  const { name, values } = input[0] as { name?: string; values?: unknown[][] }
  if (name === 'check_calls') result.checks.push({ at: Date.now(), count: values![0]!.length })
  return query.apply(this, input)
}

async function call({ actor, instanceId, endpointId, pauseMs, tellsAnswers = false }: CallingJob): Promise<void> {
  while (!stopped) {
    const called = await callEndpoint(actor, { instanceId, endpointId, values: {}, filters: {} })
    if (called.ok) {
      await buffer(called.value.body)
      result.answered += 1
      if (tellsAnswers) writeSync(process.stdout.fd, `answered at ${Date.now()}\n`)
    } else result.refused[called.error.code] = (result.refused[called.error.code] ?? 0) + 1
    await sleep(pauseMs)
  }
}

let calling: Promise<unknown> = Promise.resolve()

const tell = () => process.stdout.write(`${JSON.stringify(result)}\n`)

function obey(line: string): void {
  if (line === 'report') return void tell()
  if (line === 'stop') {
    stopped = true
    return void calling.then(tell)
  }
  const job = JSON.parse(line) as CallingJob
  result = emptyResult()
  stopped = false
  calling = Promise.all(Array.from({ length: job.callers }, () => call(job)))
}

createInterface({ input: process.stdin }).on('line', obey)

/**
 * As the server does (lib/platform/server/serve.ts): what is under way is answered, then the app's last work is done.
 */
process.on('SIGTERM', () => {
  stopped = true
  const { patchbayAtEnd = new Map() } = globalThis as { patchbayAtEnd?: Map<string, () => Promise<void>> }
  void calling.then(() => Promise.all([...patchbayAtEnd.values()].map((work) => work()))).then(() => process.exit(0))
})

process.stdout.write('ready\n')
