import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listTimeline } from '@/lib/activity/timeline/list-timeline'
import { updateConnector } from '@/lib/connectors/update-connector'
import type { PersonActor } from '@/lib/domain/access/actor'
import { connected, writeHealth } from '@/lib/health/write-health'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import { createVariable } from '@/lib/variables/create-variable'
import {
  acmeBasicValues,
  acmeConnector,
  acmeInstance,
  acmeMethod,
  type Acme,
  type AcmeMethod,
} from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { connectorDetails } from '@/tests/support/connector-builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { aVariableInput } from '@/tests/support/variable-builders'

/** What happened to an instance, and what changed since its last success. */

let manager: PersonActor
let acme: Acme
let method: AcmeMethod
let instanceId: string

beforeAll(async () => void (await testDatabase()))

beforeEach(async () => {
  manager = await anActor('manager')
  acme = await acmeConnector(manager.workspaceId, 'https://api.acme.test')
  method = await acmeMethod(acme, 'basic')
  instanceId = (await acmeInstance(acme, method, acmeBasicValues)).id
})

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)

async function log(minutes: number, line: Partial<Prisma.RequestLogCreateManyInput> = {}): Promise<void> {
  await systemDb().requestLog.createMany({
    data: [
      {
        ...{ id: newId(), at: minutesAgo(minutes), workspaceId: acme.workspaceId, correlationId: newId(), instanceId },
        ...{
          purpose: 'endpoint',
          outcome: 'succeeded',
          httpMethod: 'GET',
          url: 'https://api.acme.test/orders',
          status: 200,
        },
        ...line,
      },
    ],
  })
}

const refused = { outcome: 'refused', status: 401 } as const

async function setStatus(status: 'connected' | 'failing', reason = '') {
  const health = status === 'connected' ? connected : { status, reason, cause: 'endpoint' as const }
  await writeHealth(workspaceDb(acme.workspaceId), { workspaceId: acme.workspaceId, instanceId }, health)
}

async function renameConnector(name: string): Promise<void> {
  const { revision, baseUrl } = await systemDb().connector.findUniqueOrThrow({ where: { id: acme.connectorId } })
  const details = connectorDetails({ name, baseUrl })
  valueOf(await updateConnector(manager, { ...details, connectorId: acme.connectorId, revision }))
}

const shown = async (after = '') => valueOf(await listTimeline(manager, { instanceId, after }))
const kinds = (events: { kind: string }[]) => events.map(({ kind }) => kind)

describe('The timeline', () => {
  test('merges requests, refreshes, changes and status, newest first, and counts successes in between', async () => {
    for (const minutes of [50, 49, 48]) await log(minutes)
    await log(40, { purpose: 'refresh' })
    await log(30)
    await log(20, refused)
    await setStatus('failing', 'Acme rejected the credentials (401 Unauthorized).')
    await renameConnector('Acme 2')
    const { events } = await shown()
    expect(events).toMatchObject([
      {
        kind: 'change',
        what: 'Changed connector',
        person: manager.label,
        changes: expect.arrayContaining([expect.stringMatching(/^Name: /)]),
      },
      {
        kind: 'status',
        before: 'connected',
        after: 'failing',
        reason: 'Acme rejected the credentials (401 Unauthorized).',
      },
      { kind: 'request', outcome: 'refused', status: 401 },
      { kind: 'successes', count: 1, more: false },
      { kind: 'request', purpose: 'refresh', outcome: 'succeeded' },
      { kind: 'successes', count: 3 },
    ])
  })

  test('has the changes of the method and its variables, and none of another method or instance', async () => {
    const other = await acmeMethod(acme, 'token')
    for (const ownerId of [method.id, other.id]) {
      const { revision } = await systemDb().authenticationMethod.findUniqueOrThrow({ where: { id: ownerId } })
      const owner = { level: 'method' as const, connectorId: acme.connectorId, ownerId }
      const variable = aVariableInput({ key: 'zone', displayName: ownerId })
      valueOf(await createVariable(manager, { owner, revision, variable, confirmed: true }))
    }
    const { events } = await shown()
    expect(events).toMatchObject([{ kind: 'change', what: 'Created variable', objectName: method.id }])
  })

  test('is paged without gaps or repeats, successes included', async () => {
    for (let minutes = 1; minutes <= 70; minutes += 1) {
      await log(minutes, refused)
      await log(minutes + 0.5)
    }
    const pages = []
    let after = ''
    do {
      const page = await shown(after)
      pages.push(page.events)
      after = page.nextCursor ?? ''
    } while (after !== '')
    expect(pages.map((page) => page.filter(({ kind }) => kind === 'request').length)).toEqual([30, 30, 10])
    const all = pages.flat()
    expect(new Set(all.map(({ id }) => id)).size).toBe(140)
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .sort()
        .reverse(),
    )
  })

  test('is not shown to another workspace', async () => {
    expect(await listTimeline(await anActor('manager'), { instanceId })).toMatchObject({ error: { code: 'not_found' } })
  })
})

describe('Changes of status', () => {
  test('are recorded once each, in order, and not if the status stays the same', async () => {
    await setStatus('failing', 'one')
    await setStatus('failing', 'two')
    await setStatus('connected')
    const rows = await systemDb().instanceStatusChange.findMany({ where: { instanceId }, orderBy: { at: 'asc' } })
    expect(rows).toMatchObject([
      { before: 'connected', after: 'failing', reason: 'one' },
      { before: 'failing', after: 'connected', reason: '' },
    ])
  })

  test('cannot be rewritten, and are deleted with their instance', async () => {
    await setStatus('failing', 'one')
    await expect(
      systemDb().instanceStatusChange.updateMany({ where: { instanceId }, data: { reason: 'other' } }),
    ).rejects.toThrow('append-only')
    await systemDb().instance.deleteMany({ where: { id: instanceId } })
    expect(await systemDb().instanceStatusChange.count({ where: { instanceId } })).toBe(0)
  })
})

describe('What changed since the last success', () => {
  test('names the changes between the last success and the first failure', async () => {
    await log(30)
    await renameConnector('Acme before the failure')
    await setStatus('failing', 'rejected')
    await renameConnector('Acme after the failure')
    const { sinceLastSuccess } = await shown()
    expect(sinceLastSuccess).toMatchObject({
      changes: [{ changes: expect.arrayContaining([expect.stringContaining('Acme before the failure')]) }],
      more: false,
    })
  })

  test('says so if nothing changed', async () => {
    await renameConnector('Acme long ago')
    await log(0)
    await log(0, { ...refused, at: new Date(Date.now() + 1) })
    await setStatus('failing', 'rejected')
    const { sinceLastSuccess } = await shown()
    expect(sinceLastSuccess).toMatchObject({ changes: [] })
  })

  test('is not shown for an instance that works or has never succeeded', async () => {
    expect((await shown()).sinceLastSuccess).toBeNull()
    await setStatus('failing', 'rejected')
    expect((await shown()).sinceLastSuccess).toBeNull()
    expect(kinds((await shown()).events)).toEqual(['status'])
  })
})
