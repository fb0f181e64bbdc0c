import { beforeAll, describe, expect, it } from 'vitest'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { readConnectorFilter } from '@/lib/connectors/schema'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import type { SearchParams } from '@/lib/platform/lists/list-page'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { aConnector, aFlowUsing, aMethod, anEndpoint, anInstance } from '@/tests/support/endpoint-builders'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})

async function list(actor: PersonActor, search: SearchParams = {}) {
  const page = await listConnectors(actor, readConnectorFilter(search))
  if (!page.ok) throw new Error(page.error.message)
  return page.value
}

describe('Manage connectors', () => {
  it('shows each connector with its counts, and its instances with method, status and the flows that use them', async () => {
    const actor = await anActor('read_only')
    const place = await aConnector(actor.workspaceId, 'Acme')
    const method = await aMethod(place, 'basic auth')
    const endpoint = await anEndpoint(place, 'List orders')
    const uk = await anInstance(place, method.id, 'Acme UK', 'failing')
    await anInstance(place, method.id, 'Acme EU')
    for (const [name, state] of [
      ['Nightly', 'draft'],
      ['Hourly', 'deployed'],
      ['Old', 'superseded'],
    ] as const) {
      await aFlowUsing(place, { name, instanceId: uk.id, endpointId: endpoint.id, state })
    }
    const page = await list(actor)
    expect(page).toMatchObject({ total: 1, instances: 2, nextCursor: null })
    expect(page.items[0]).toMatchObject({
      name: 'Acme',
      endpoints: 1,
      methods: 1,
      instancesTotal: 2,
      instancesMatching: 2,
    })
    expect(page.items[0]!.instances).toMatchObject([
      { name: 'Acme UK', methodName: 'basic auth', status: 'failing', flows: 2 },
      { name: 'Acme EU', methodName: 'basic auth', status: 'connected', flows: 0 },
    ])
  })

  it('finds by connector name with all instances, and by instance name with those that match', async () => {
    const actor = await anActor('manager')
    const acme = await aConnector(actor.workspaceId, 'Acme')
    const bolt = await aConnector(actor.workspaceId, 'Bolt')
    for (const place of [acme, bolt]) {
      const method = await aMethod(place, 'basic auth')
      await anInstance(place, method.id, `Shop ${place === acme ? 'one' : 'two'}`)
      await anInstance(place, method.id, `Store ${place === acme ? 'one' : 'two'}`)
    }
    const byConnector = await list(actor, { q: 'ACM' })
    expect(byConnector.items.map((item) => [item.name, item.instances.length])).toEqual([['Acme', 2]])
    const byInstance = await list(actor, { q: 'shop two' })
    expect(byInstance.items.map((item) => [item.name, item.instances.map((line) => line.name)])).toEqual([
      ['Bolt', ['Shop two']],
    ])
    expect(byInstance.instances).toBe(1)
    expect((await list(actor, { q: '100%_' })).total).toBe(0)
  })

  it('filters by status and by system type', async () => {
    const actor = await anActor('manager')
    const acme = await aConnector(actor.workspaceId, 'Acme')
    const method = await aMethod(acme, 'basic auth')
    await anInstance(acme, method.id, 'Good')
    await anInstance(acme, method.id, 'Bad', 'needs_authorising_again')
    const bolt = await aConnector(actor.workspaceId, 'Bolt')
    await systemDb().connector.update({ where: { id: bolt.connectorId }, data: { systemType: 'erp' } })
    const failing = await list(actor, { status: 'needs_authorising_again' })
    expect(failing.items.map((item) => item.instances.map((line) => line.name))).toEqual([['Bad']])
    expect((await list(actor, { system: 'erp' })).items.map((item) => item.name)).toEqual(['Bolt'])
    expect((await list(actor, { status: 'nonsense', system: 'nonsense' })).total).toBe(2)
  })

  it('sees nothing of another workspace', async () => {
    const place = await aConnector((await anActor('manager')).workspaceId, 'Theirs')
    await anInstance(place, (await aMethod(place, 'basic auth')).id, 'Their instance')
    const actor = await anActor('administrator')
    expect(await list(actor)).toMatchObject({ items: [], total: 0, instances: 0 })
    expect(await list(actor, { connector: place.connectorId })).toMatchObject({ items: [], total: 0, instances: 0 })
  })
})

describe('a workspace with 500 connectors and 5,000 instances', () => {
  let actor: PersonActor
  beforeAll(async () => {
    actor = await anActor('manager')
    await database.sql(
      `WITH connector AS (
         INSERT INTO "Connector" ("id", "workspaceId", "key", "name", "foldedName")
         SELECT gen_random_uuid(), $1::uuid, 'c' || n, 'Connector ' || lpad(n::text, 3, '0'), 'connector ' || lpad(n::text, 3, '0') FROM generate_series(1, 500) n
         RETURNING "id", "key"
       ), method AS (
         INSERT INTO "AuthenticationMethod" ("id", "workspaceId", "connectorId", "key", "name", "foldedName", "type")
         SELECT gen_random_uuid(), $1::uuid, "id", 'basic', 'basic auth', 'basic auth', 'basic' FROM connector
         RETURNING "id", "connectorId"
       )
       INSERT INTO "Instance" ("id", "workspaceId", "connectorId", "methodId", "key", "name", "foldedName")
       SELECT gen_random_uuid(), $1::uuid, connector."id", method."id", connector."key" || '-' || n,
         connector."key" || ' instance ' || lpad(n::text, 3, '0'), connector."key" || ' instance ' || lpad(n::text, 3, '0')
       FROM connector JOIN method ON method."connectorId" = connector."id",
         generate_series(1, CASE WHEN connector."key" = 'c1' THEN 250 ELSE 10 END) n`,
      [actor.workspaceId],
    )
    await database.sql('ANALYZE')
  })

  it('is paged without gaps or repeats in every order', async () => {
    for (const sort of ['name', '-name', 'updated', '-updated']) {
      const seen: string[] = []
      let after: string | null = ''
      while (after !== null) {
        const page = await list(actor, { sort, after })
        seen.push(...page.items.map((item) => item.id))
        expect(page.total).toBe(500)
        after = page.nextCursor
      }
      expect(new Set(seen).size).toBe(500)
      expect(seen.length).toBe(500)
    }
  })

  it('caps the instances of each, and shows all of one connector in pages', async () => {
    const page = await list(actor)
    expect(page.instances).toBe(250 + 499 * 10)
    expect(page.items[0]).toMatchObject({ name: 'Connector 001', instancesMatching: 250 })
    expect(page.items[0]!.instances).toHaveLength(5)
    const names: string[] = []
    let after: string | null = ''
    while (after !== null) {
      const one = await list(actor, { connector: page.items[0]!.id, after })
      expect(one).toMatchObject({ total: 1, instances: 250 })
      names.push(...one.items[0]!.instances.map((line) => line.name))
      after = one.nextCursor
    }
    expect(new Set(names).size).toBe(250)
    expect(names).toEqual([...names].sort())
  })

  it('reads a page quickly', async () => {
    await list(actor)
    const began = performance.now()
    for (const search of [{}, { q: 'instance 007' }, { status: 'not_verified' }, { sort: '-updated' }])
      await list(actor, search)
    expect((performance.now() - began) / 4).toBeLessThan(400)
  })
})
