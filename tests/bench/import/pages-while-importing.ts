import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { encode } from 'next-auth/jwt'
import { Agent, request } from 'undici'
import type { PersonActor } from '@/lib/domain/access/actor'
import { confirmImport } from '@/lib/imports/confirm-import'
import type { ImportView } from '@/lib/imports/import-views'
import { systemDb } from '@/lib/platform/db/client'
import { buildApp } from '@/lib/platform/server/build'
import { startApp, startWorkerFor, type AppProcess } from '@/tests/support/app-process'
import { anActor } from '@/tests/support/builders'
import { aConnector, aMethod, anEndpoint } from '@/tests/support/endpoint-builders'
import { importOf, uploaded } from '@/tests/support/imports'
import { testSessionSecret } from '@/tests/support/test-secrets'
import { megabytesOfApp } from '../app-memory'
import { printLines, shown } from '../measure'
import { largeDocument } from './large-document'

/** What pages take while a document of 70 MB with more than 20,000 operations is read and written by the app. */

const document = { operations: 20_500, megabytes: 70 }
const people = 4
const betweenClicksMs = 500
const withoutMs = 40_000
const mostSlower = 1.5
const mostMegabytes = 500

type Scene = { app: AppProcess; actor: PersonActor; cookie: string; pages: string[] }
type Phase = { name: string; seconds: number; pages: number[]; readerMb: number; appMb: number }

const dispatcher = new Agent({ connections: 64 })

/** False if pages are slower or memory is larger than allowed. */
export async function measurePagesWhileImporting(databaseUrl: string): Promise<boolean> {
  await buildApp(() => console.log('Building the app …'))
  const [app] = await startApp({ databaseUrl })
  const worker = startWorkerFor({ databaseUrl, url: app!.url })
  try {
    const scene = await setScene(app!)
    for (const page of [...scene.pages, ...scene.pages, ...scene.pages]) await open(scene, page)
    const without = await clickDuring(scene, 'Nothing', () => sleep(withoutMs))
    const importId = await uploaded(scene.actor, largeDocument(document))
    await begun(importId)
    const reading = await clickDuring(scene, 'Reading', () => until(scene, importId, 'ready'))
    await confirmImport(scene.actor, { importId })
    await begun(importId)
    const writing = await clickDuring(scene, 'Writing', () => until(scene, importId, 'imported'))
    return report([without, reading, writing])
  } finally {
    await Promise.all([app!.stop(), worker.stop()])
    await dispatcher.close()
  }
}

async function setScene(app: AppProcess): Promise<Scene> {
  const actor = await anActor('manager')
  const acme = await aConnector(actor.workspaceId, 'Acme')
  await aMethod(acme, 'Password')
  await anEndpoint(acme, 'List orders')
  const token = { sid: actor.sessionId, sub: actor.userId, workspaceId: actor.workspaceId }
  const cookie = `patchbay-session=${await encode({ token, secret: testSessionSecret })}`
  const connector = `/connectors/${acme.connectorId}`
  const pages = [
    '/connectors',
    `${connector}/overview`,
    `${connector}/endpoints`,
    `${connector}/variables`,
    '/flows',
    '/activity',
  ]
  return { app, actor, cookie, pages }
}

async function open({ app, cookie }: Scene, page: string): Promise<void> {
  const { statusCode, headers, body } = await request(app.url + page, { dispatcher, headers: { cookie } })
  await body.text()
  if (statusCode !== 200) throw new Error(`${page} was answered with ${statusCode} ${String(headers.location)}`)
}

/** People open pages until the work is done. */
async function clickDuring(scene: Scene, name: string, work: () => Promise<unknown>): Promise<Phase> {
  const phase: Phase = { name, seconds: 0, pages: [], readerMb: 0, appMb: 0 }
  const startedAt = performance.now()
  let isDone = false
  const person = async (number: number) => {
    await sleep((betweenClicksMs / people) * number)
    for (let clicks = number; !isDone; clicks += 1) {
      const clickedAt = performance.now()
      await open(scene, scene.pages[clicks % scene.pages.length]!)
      phase.pages.push(performance.now() - clickedAt)
      await sleep(betweenClicksMs)
    }
  }
  const memory = setInterval(() => {
    phase.readerMb = Math.max(phase.readerMb, megabytesOfReader())
    phase.appMb = Math.max(phase.appMb, megabytesOfApp())
  }, 500)
  const clicking = Promise.all(Array.from({ length: people }, (_, number) => person(number)))
  try {
    await Promise.race([work(), clicking])
  } finally {
    isDone = true
    clearInterval(memory)
  }
  await clicking
  phase.seconds = (performance.now() - startedAt) / 1_000
  return phase
}

/** The resident memory of the process that reads an import; 0 while none is read. */
function megabytesOfReader(): number {
  const listed = execFileSync('ps', ['-eo', 'rss=,args='], { encoding: 'utf8' }).split('\n')
  const line = listed.find((each) => each.includes('lib/worker/import-process.ts'))
  return Number(line?.trim().split(/\s+/)[0] ?? 0) / 1024
}

/** The app takes up what another process has asked for within a minute. */
async function begun(importId: string): Promise<void> {
  while ((await systemDb().import.count({ where: { id: importId, attempt: { gt: 0 } } })) === 0) await sleep(200)
}

async function until({ actor }: Scene, importId: string, state: ImportView['state']): Promise<void> {
  for (;;) {
    const now = await importOf(actor, importId)
    if (now.state === state) return
    if (now.failure !== '' || now.state === 'failed') throw new Error(`the import failed: ${now.failure}`)
    await sleep(500)
  }
}

function report(phases: Phase[]): boolean {
  const [without, ...others] = phases
  const p95 = ({ pages }: Phase) => pages.toSorted((one, other) => one - other)[Math.floor(pages.length * 0.95)]!
  const { operations, megabytes } = document
  printLines([
    [
      `${megabytes} MB, ${operations.toLocaleString('en-GB')} endpoints`,
      ...['seconds', 'pages', 'page, p95', 'ratio', 'slowest', 'reader', 'app'],
    ],
    ...phases.map((phase) => [
      phase.name,
      phase.seconds.toFixed(1),
      String(phase.pages.length),
      shown(p95(phase)),
      `${(p95(phase) / p95(without!)).toFixed(2)} ×`,
      shown(Math.max(...phase.pages)),
      `${phase.readerMb.toFixed(0)} MB`,
      `${phase.appMb.toFixed(0)} MB`,
    ]),
  ])
  const isQuick = others.every((phase) => p95(phase) <= p95(without!) * mostSlower)
  const readerMb = Math.max(...others.map((phase) => phase.readerMb))
  return isQuick && readerMb > 0 && readerMb < mostMegabytes
}
