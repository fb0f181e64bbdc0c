import { Agent, request } from 'undici'
import type { Readable } from 'node:stream'
import { callEndpoint } from '@/lib/calls/call-endpoint'
import { flushRequestLog } from '@/lib/request-log/record'
import { acmeBasicValues, acmeConnector, acmeEndpoint, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { recordStatements } from '@/tests/integration/performance/recorded-statements'
import { median, printLines, shown } from '../measure'
import { runLoad, type Load } from './load'
import { startServer } from './start-server'

/**
 * What a call costs compared with a bare undici request and with a proxy of 30 lines, with one caller and with ten. The
 * three take turns, so that other work of the machine affects all of them equally: the ratios are reliable even if the
 * times are not.
 */

const rounds = 7
const roundMs = 1_000
/** Warm-up until the code is compiled. Without it, calls are a third slower, but the other two are not. */
export const warmUpMs = 4_000

export type Contestant = { name: string; send: () => Promise<unknown> }

export async function compareCalls(): Promise<void> {
  const thirdParty = await startServer('third-party')
  const proxy = await startServer('bare-proxy', thirdParty.url)
  const dispatcher = new Agent({ connections: 128 })
  const bare = (url: string) => async () => (await request(`${url}/orders`, { dispatcher })).body.text()
  const call = await callOf(thirdParty.url)
  const contestants: Contestant[] = [
    { name: 'bare undici', send: bare(thirdParty.url) },
    { name: 'bare proxy', send: bare(proxy.url) },
    { name: 'callEndpoint', send: call },
  ]
  try {
    for (const { send } of contestants) await runLoad(send, 10, warmUpMs)
    for (const callers of [1, 10]) printLoads(callers, await takeTurns(contestants, callers))
    console.log(`\nSQL statements per call: ${await statementsPerCall(call)}`)
  } finally {
    proxy.stop()
    thirdParty.stop()
    await dispatcher.close()
  }
}

/** A call of a connector with basic authentication, including its complete response. */
export async function callOf(url: string): Promise<() => Promise<unknown>> {
  process.env.PATCHBAY_OUTBOUND_ALLOW = '127.0.0.0/8'
  const actor = await anActor('user')
  const acme = await acmeConnector(actor.workspaceId, url)
  const method = await acmeMethod(acme, 'basic')
  const { id: instanceId } = await acmeInstance(acme, method, acmeBasicValues)
  const { id: endpointId } = await acmeEndpoint(acme, method, '/orders')
  return async () => {
    const called = await callEndpoint(actor, { instanceId, endpointId, values: {}, filters: {} })
    if (!called.ok) throw new Error(called.error.message)
    await readToEnd(called.value.body)
  }
}

async function readToEnd(body: Readable): Promise<number> {
  let bytes = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) bytes += chunk.byteLength
  return bytes
}

export async function takeTurns(contestants: Contestant[], callers: number): Promise<Map<string, Load[]>> {
  const loads = new Map<string, Load[]>(contestants.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1)
    for (const { name, send } of contestants) loads.get(name)!.push(await runLoad(send, callers, roundMs))
  return loads
}

export function printLoads(callers: number, loads: Map<string, Load[]>): void {
  const middle = (name: string, of: keyof Load) => median(loads.get(name)!.map((load) => load[of]))
  const ratio = (name: string, beside: string) =>
    median(loads.get(name)!.map(({ perSecond }, round) => perSecond / loads.get(beside)![round]!.perSecond))
  const lines = [...loads.keys()].map((name) => [
    name,
    middle(name, 'perSecond').toFixed(0),
    `${(ratio(name, 'bare proxy') * 100).toFixed(0)} %`,
    shown(middle(name, 'medianMs')),
    added(middle(name, 'medianMs') - middle('bare undici', 'medianMs')),
    shown(middle(name, 'p99Ms')),
  ])
  const title = callers === 1 ? '1 caller' : `${callers} callers`
  printLines([[title, 'per second', 'of the proxy', 'median', 'added to undici', '99th'], ...lines])
}

function added(milliseconds: number): string {
  return `${milliseconds < 0 ? '−' : '+'}${Math.abs(milliseconds).toFixed(2)} ms`
}

const counted = 100

async function statementsPerCall(call: () => Promise<unknown>): Promise<string> {
  const statements = await recordStatements(async () => {
    for (let number = 0; number < counted; number += 1) await call()
    await flushRequestLog()
  })
  const isWrite = ({ text }: { text: string }) => /^\s*(insert|update|delete|with[\s\S]*insert)/i.test(text)
  const writes = statements.filter(isWrite).length
  const per = (count: number) => (count / counted).toFixed(2)
  return `${per(statements.length - writes)} read, ${per(writes)} written (${counted} calls, one after the other)`
}
