import { Readable } from 'node:stream'
import { Agent, request } from 'undici'
import { systemDb } from '@/lib/platform/db/client'
import { buildApp } from '@/lib/platform/server/build'
import { acmeBasicValues, acmeConnector, acmeEndpoint, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { anApiKey } from '@/tests/support/api-key-builders'
import { startApp, type AppProcess } from '@/tests/support/app-process'
import { anActor } from '@/tests/support/builders'
import { megabytesOfApp } from '../app-memory'
import { median, printLines } from '../measure'
import { startEmptyApp } from '../pages/empty-app'
import { printLoads, takeTurns, warmUpMs, type Contestant } from './compare-calls'
import { runLoad, type Load } from './load'
import { startServer } from './start-server'

/**
 * What `POST …/call` of the built app costs, compared with a proxy of 30 lines and with an empty route handler of the
 * framework, and the memory that large bodies need.
 */

const leastOfProxy = 0.5
const mostAddedMs = 0.7
const large = 1_000_000_000
const mostMoreMegabytes = 50
const mostIdleMegabytes = 300

const dispatcher = new Agent({ connections: 128 })

type Scene = { send: (path: string, body?: Body) => Promise<Readable> }
type Body = { stream: Readable; length: number }

/** False if a call costs more than allowed. */
export async function compareApiCalls(databaseUrl: string, onlyMemory: boolean): Promise<boolean> {
  await buildApp(() => console.log('Building the app …'))
  const thirdParty = await startServer('third-party')
  const [app] = await startApp({ databaseUrl })
  try {
    const idle = megabytesOfApp()
    const scene = await setScene(app!, thirdParty.url)
    const call = { name: 'call', send: async () => readToEnd(await scene.send('/orders')) }
    // A warm process has what it needs for calls of any size.
    await runLoad(call.send, 10, warmUpMs)
    const isQuick = onlyMemory || (await compareWithOthers(call, thirdParty.url))
    const isSmall = await compareMemory(scene, idle)
    return isQuick && isSmall
  } finally {
    await app!.stop()
    thirdParty.stop()
    await dispatcher.close()
  }
}

async function compareWithOthers(call: Contestant, thirdPartyUrl: string): Promise<boolean> {
  const empty = await startEmptyApp()
  const proxy = await startServer('bare-proxy', thirdPartyUrl)
  const post = (url: string) => async () => (await request(url, { dispatcher, method: 'POST' })).body.text()
  try {
    return await compare([
      { name: 'bare undici', send: post(`${thirdPartyUrl}/orders`) },
      { name: 'bare proxy', send: post(`${proxy.url}/orders`) },
      { name: 'empty route', send: post(`${empty.url}/nothing`) },
      call,
    ])
  } finally {
    for (const server of [proxy, empty]) server.stop()
  }
}

async function setScene({ url }: AppProcess, thirdPartyUrl: string): Promise<Scene> {
  const owner = await anActor('administrator')
  const acme = await acmeConnector(owner.workspaceId, thirdPartyUrl)
  const method = await acmeMethod(acme, 'basic')
  const instance = await acmeInstance(acme, method, acmeBasicValues)
  const { key } = await anApiKey(owner)
  const urls = new Map<string, string>()
  for (const path of ['/orders', `/large/${large}`, '/swallow']) {
    const { id } = await acmeEndpoint(acme, method, path)
    await systemDb().endpoint.update({ where: { id }, data: { httpMethod: 'POST', bodyFormat: 'raw' } })
    urls.set(path, `${url}/api/v1/instances/${instance.id}/endpoints/${id}/call`)
  }
  const send = async (path: string, body?: Body): Promise<Readable> => {
    const response = await request(urls.get(path)!, {
      ...{ dispatcher, method: 'POST', body: body?.stream ?? null },
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-length': String(body.length) }) },
    })
    if (response.statusCode !== 200) throw new Error(await response.body.text())
    return response.body
  }
  return { send }
}

async function compare(contestants: Contestant[]): Promise<boolean> {
  for (const { send } of contestants) await runLoad(send, 10, warmUpMs)
  let isQuick = true
  for (const callers of [1, 10]) {
    const loads = await takeTurns(contestants, callers)
    printLoads(callers, loads)
    isQuick &&= ratioOf(loads) >= leastOfProxy && (callers > 1 || addedMs(loads) <= mostAddedMs)
  }
  return isQuick
}

function ratioOf(loads: Map<string, Load[]>): number {
  const [calls, proxied] = [loads.get('call')!, loads.get('bare proxy')!]
  return median(calls.map(({ perSecond }, round) => perSecond / proxied[round]!.perSecond))
}

/** Beside the proxy, which also has one more hop than a request that is sent directly. */
function addedMs(loads: Map<string, Load[]>): number {
  const middle = (name: string) => median(loads.get(name)!.map(({ medianMs }) => medianMs))
  return middle('call') - middle('bare proxy')
}

async function compareMemory({ send }: Scene, idle: number): Promise<boolean> {
  const response = await mostMore(async () => readToEnd(await send(`/large/${large}`)))
  const sent = await mostMore(async () => readToEnd(await send('/swallow', aBody(large))))
  printLines([
    ['Memory of the app', '', 'at most'],
    ['idle, after its start', `${idle.toFixed(0)} MB`, `${mostIdleMegabytes} MB`],
    ['more, during a response of 1 GB', `${response.toFixed(0)} MB`, `${mostMoreMegabytes} MB`],
    ['more, during a request body of 1 GB', `${sent.toFixed(0)} MB`, `${mostMoreMegabytes} MB`],
  ])
  return idle <= mostIdleMegabytes && response <= mostMoreMegabytes && sent <= mostMoreMegabytes
}

function aBody(length: number): Body {
  const piece = Buffer.alloc(64 * 1024, 'x')
  const pieces = function* () {
    for (let left = length; left > 0; left -= piece.length) yield left < piece.length ? piece.subarray(0, left) : piece
  }
  return { stream: Readable.from(pieces(), { objectMode: false }), length }
}

async function readToEnd(body: Readable): Promise<number> {
  let bytes = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) bytes += chunk.byteLength
  return bytes
}

/** The most that the process needs during the work, beside what it needed before. */
async function mostMore(work: () => Promise<unknown>): Promise<number> {
  const before = megabytesOfApp()
  let most = before
  const timer = setInterval(() => (most = Math.max(most, megabytesOfApp())), 50)
  await work()
  clearInterval(timer)
  return most - before
}
