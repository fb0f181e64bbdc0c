import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { buffer } from 'node:stream/consumers'
import { Client } from 'pg'
import type { Actor } from '@/lib/domain/access/actor'
import { callEndpoint } from '@/lib/calls/call-endpoint'

/**
 * A separate server process for tests. Its callers send requests repeatedly until it is stopped or killed. It reports
 * when each check before a request began. Each line of its input is a job, or asks for a report. Started by
 * startCallingWorker().
 */

export type CallingJob = {
  actor: Actor
  instanceId: string
  endpointId: string
  callers: number
  /** Pause between two calls of one caller. */
  pauseMs: number
  /** Reports each response before anything else is done, so that no report is lost when the process is killed. */
  reportsResponses?: boolean
}

export type CallingResult = {
  answered: number
  /** How often each error occurred. */
  refused: Record<string, number>
  /** When checks began, and how many shared a query. */
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

async function call({ actor, instanceId, endpointId, pauseMs, reportsResponses = false }: CallingJob): Promise<void> {
  while (!stopped) {
    const called = await callEndpoint(actor, { instanceId, endpointId, values: {}, filters: {} })
    if (called.ok) {
      await buffer(called.value.body)
      result.answered += 1
      if (reportsResponses) writeSync(process.stdout.fd, `responded at ${Date.now()}\n`)
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

/** Like the server (lib/platform/server/serve.ts): running calls finish, then the app's final work is done. */
process.on('SIGTERM', () => {
  stopped = true
  const { patchbayAtEnd = new Map() } = globalThis as { patchbayAtEnd?: Map<string, () => Promise<void>> }
  void calling.then(() => Promise.all([...patchbayAtEnd.values()].map((work) => work()))).then(() => process.exit(0))
})

process.stdout.write('ready\n')
