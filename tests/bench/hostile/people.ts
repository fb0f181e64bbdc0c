import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { encode } from 'next-auth/jwt'
import { Agent, request } from 'undici'
import { buildApp } from '@/lib/platform/server/build'
import { badResponses } from '@/tests/sandbox/misbehaving/bad-responses'
import { acmeBasicValues, acmeConnector, acmeEndpoint, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { startApp, type AppProcess } from '@/tests/support/app-process'
import { anActor } from '@/tests/support/builders'
import { aFlowUsing } from '@/tests/support/endpoint-builders'
import { testSessionSecret } from '@/tests/support/test-secrets'
import { megabytesOfApp } from '../app-memory'
import { startServer } from '../calls/start-server'
import { median, printLines, shown } from '../measure'

/**
 * Twenty people click through the built app, and every second click runs a shape. If a fifth of these calls get a bad
 * response, no page may be much slower than without.
 */

const people = 20
const rounds = 3
const roundMs = 40_000
const betweenClicksMs = 5_000
const mostSlowerMs = 1_000
const mostMoreMegabytes = 300
/** Every fifth call. */
const badEvery = 5

type Shape = { flowId: string; shapeId: string }
type Scene = { app: AppProcess; cookies: string[]; pages: string[]; good: Shape; bad: Shape[]; runAction: string }
type Round = { pages: number[]; goodCalls: number[]; badCalls: number; megabytes: number }

const dispatcher = new Agent({ connections: 256 })

/** False if pages are slower or memory is larger than allowed. */
export async function measurePeople(databaseUrl: string): Promise<boolean> {
  await buildApp(() => console.log('Building the app …'))
  const sandbox = await startServer('../hostile/sandbox')
  const [app] = await startApp({ databaseUrl, environment: { PATCHBAY_OUTBOUND_ALLOW: '127.0.0.0/8,::1/128' } })
  try {
    const scene = await setScene(app!, sandbox.url)
    await warmUp(scene)
    const [without, withBad]: [Round[], Round[]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      without.push(await click(scene, false))
      withBad.push(await click(scene, true))
    }
    return report(without, withBad)
  } finally {
    await app!.stop()
    sandbox.stop()
    await dispatcher.close()
  }
}

async function setScene(app: AppProcess, sandboxUrl: string): Promise<Scene> {
  const { workspaceId } = await anActor('manager')
  const acme = await acmeConnector(workspaceId, sandboxUrl)
  const method = await acmeMethod(acme, 'basic')
  const { id: instanceId } = await acmeInstance(acme, method, acmeBasicValues)
  const shapeFor = async (path: string) => {
    const { id: endpointId } = await acmeEndpoint(acme, method, path)
    return aFlowUsing(acme, { name: `Flow of ${path}`, instanceId, endpointId })
  }
  const good = await shapeFor('/orders')
  const bad: Shape[] = []
  for (const { name, isEndless } of badResponses) if (!isEndless) bad.push(await shapeFor(`/misbehaving/${name}`))
  const cookies: string[] = []
  for (let person = 0; person < people; person += 1) {
    const { userId, sessionId } = await anActor('manager', workspaceId)
    const token = { sid: sessionId, sub: userId, workspaceId }
    cookies.push(`patchbay-session=${await encode({ token, secret: testSessionSecret })}`)
  }
  const pages = [
    ...['/connectors', `/connectors/${acme.connectorId}`, `/connectors/${acme.connectorId}/endpoints`],
    ...['/instances', `/instances/${instanceId}`, '/flows', `/flows/${good.flowId}`, '/activity'],
  ]
  return { app, cookies, pages, good, bad, runAction: actionIdOf('runShapeAction') }
}

function actionIdOf(name: string): string {
  const manifest = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as {
    node: Record<string, { exportedName: string }>
  }
  const found = Object.entries(manifest.node).find(([, { exportedName }]) => exportedName === name)
  if (!found) throw new Error(`the build has no action ${name}`)
  return found[0]
}

async function warmUp(scene: Scene): Promise<void> {
  const [cookie] = scene.cookies
  for (const page of [...scene.pages, ...scene.pages]) await open(scene, page, cookie!)
  const answer = await run(scene, scene.good, cookie!)
  if (!answer.includes('"recordCount"')) throw new Error(`the action does not run a shape: ${answer.slice(0, 500)}`)
  const [deep = scene.good, ...others] = scene.bad
  const shown = await run(scene, deep, cookie!)
  if (!shown.includes('nested too deeply')) throw new Error(`a bad response is not shown: ${shown.slice(0, 500)}`)
  for (const shape of others.slice(0, 5)) await run(scene, shape, cookie!)
}

async function open(scene: Scene, page: string, cookie: string): Promise<void> {
  const { statusCode, headers, body } = await request(scene.app.url + page, { dispatcher, headers: { cookie } })
  await body.text()
  const location = String(headers.location ?? '')
  if (statusCode === 307 && location.startsWith('/') && !location.startsWith('/login'))
    return open(scene, location, cookie)
  if (statusCode !== 200) throw new Error(`${page} was answered with ${statusCode} ${location}`)
}

async function run({ app, runAction }: Scene, shape: Shape, cookie: string): Promise<string> {
  const headers = { cookie, origin: app.url, 'next-action': runAction, 'content-type': 'text/plain;charset=UTF-8' }
  const { body } = await request(`${app.url}/flows/${shape.flowId}`, {
    ...{ dispatcher, method: 'POST', headers, body: JSON.stringify([shape]) },
    ...{ headersTimeout: 300_000, bodyTimeout: 300_000 },
  })
  return body.text()
}

async function click(scene: Scene, hasBad: boolean): Promise<Round> {
  const round: Round = { pages: [], goodCalls: [], badCalls: 0, megabytes: 0 }
  const end = performance.now() + roundMs
  let calls = 0
  const timed = async (work: () => Promise<unknown>, times: number[]) => {
    const startedAt = performance.now()
    await work()
    times.push(performance.now() - startedAt)
  }
  const person = async (cookie: string, number: number) => {
    await sleep((betweenClicksMs / people) * number)
    for (let clicks = number; performance.now() < end; clicks += 1) {
      const page = scene.pages[clicks % scene.pages.length]!
      await timed(() => open(scene, page, cookie), round.pages)
      await sleep(betweenClicksMs)
      calls += 1
      if (hasBad && calls % badEvery === 0) {
        // A person who waits for a bad response does not click, but others do.
        await run(scene, scene.bad[round.badCalls++ % scene.bad.length]!, cookie)
      } else await timed(() => run(scene, scene.good, cookie), round.goodCalls)
      await sleep(betweenClicksMs)
    }
  }
  const memory = setInterval(() => (round.megabytes = Math.max(round.megabytes, megabytesOfApp())), 250)
  await Promise.all(scene.cookies.map(person))
  clearInterval(memory)
  return round
}

function report(without: Round[], withBad: Round[]): boolean {
  const of = (each: Round[], value: (round: Round) => number) => median(each.map(value))
  const slowest = (times: number[]) => Math.max(...times)
  const rows: [string, (round: Round) => number, (value: number) => string, string][] = [
    ['Page, median', ({ pages }) => median(pages), shown, ''],
    ['Page, slowest', ({ pages }) => slowest(pages), shown, `+ ${shown(mostSlowerMs)}`],
    ['Good call, median', ({ goodCalls }) => median(goodCalls), shown, ''],
    ['Good call, slowest', ({ goodCalls }) => slowest(goodCalls), shown, ''],
    ['Pages opened', ({ pages }) => pages.length, String, ''],
    ['Bad responses', ({ badCalls }) => badCalls, String, ''],
    ['Memory of the app', ({ megabytes }) => megabytes, (mb) => `${mb.toFixed(0)} MB`, `+ ${mostMoreMegabytes} MB`],
  ]
  const lines = rows.map(([name, value, show, most]) => [
    name,
    show(of(without, value)),
    show(of(withBad, value)),
    most,
  ])
  printLines([[`${people} people`, 'without', 'with bad responses', 'at most'], ...lines])
  const more = (value: (round: Round) => number) => of(withBad, value) - of(without, value)
  return more(({ pages }) => slowest(pages)) <= mostSlowerMs && more(({ megabytes }) => megabytes) <= mostMoreMegabytes
}
