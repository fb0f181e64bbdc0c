import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createMethod } from '@/lib/authentication-methods/create-method'
import { deleteMethod } from '@/lib/authentication-methods/delete-method'
import { deleteConnector } from '@/lib/connectors/delete-connector'
import { updateConnector } from '@/lib/connectors/update-connector'
import type { PersonActor } from '@/lib/domain/access/actor'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { setEnablement } from '@/lib/enablement/set-enablement'
import { createEndpoint } from '@/lib/endpoints/create-endpoint'
import { deleteEndpoint } from '@/lib/endpoints/delete-endpoint'
import { saveEndpoint } from '@/lib/endpoints/save-endpoint'
import { addShape } from '@/lib/flows/add-shape'
import { deleteFlow } from '@/lib/flows/delete-flow'
import { saveShape } from '@/lib/flows/save-shape'
import type { SaveShape } from '@/lib/flows/shape-schema'
import { createInstance } from '@/lib/instances/create-instance'
import { deleteInstance } from '@/lib/instances/delete-instance'
import { saveInstance } from '@/lib/instances/save-instance'
import { systemDb, workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { Prisma } from '@/lib/platform/db/generated/client'
import { goneRefusal, isStillUsed, nounReferredTo } from '@/lib/platform/db/reference-violation'
import { createVariable } from '@/lib/variables/create-variable'
import { deleteVariable } from '@/lib/variables/delete-variable'
import { saveVariableUse } from '@/lib/variables/save-variable-use'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import {
  aConnector,
  aFlowUsing,
  aMethod,
  anEnablement,
  anEndpoint,
  anInstance,
} from '@/tests/support/endpoint-builders'
import { connectorDetails } from '@/tests/support/connector-builders'
import { createInput, plainDetails } from '@/tests/support/instance-inputs'
import { endpointAsSaved } from '@/tests/integration/endpoints/endpoint-support'
import { aVariableInput } from '@/tests/support/variable-builders'

/**
 * Two people at the same moment: one deletes what the other starts to use. The first one has done all its work but not
 * committed yet; the second one runs until it waits for a lock; then the first one commits.
 */

let database: TestDatabase
let manager: PersonActor
let scene: Scene

type Scene = Awaited<ReturnType<typeof aScene>>
type Act = (scene: Scene, within?: WorkspaceTransaction) => Promise<Result<unknown>>

beforeAll(async () => {
  database = await testDatabase()
})
beforeEach(async () => {
  manager = await anActor('manager')
  scene = await aScene()
})

/** A connector with everything once, of which nothing is used by anything but the enablement. */
async function aScene() {
  const owner = await aConnector(manager.workspaceId, 'Acme')
  const method = await aMethod(owner, 'Open door', 'none')
  const endpoint = await anEndpoint(owner, 'List orders')
  const variable = async (level: 'connector' | 'endpoint') => {
    const place = { ...owner, level, endpointId: level === 'endpoint' ? endpoint.id : null }
    return (await systemDb().variable.create({ data: { ...place, ...aVariableInput() } })).id
  }
  const parameter = await systemDb().parameter.create({
    data: { ...owner, endpointId: endpoint.id, place: 'url', key: 'status', value: 'open', required: false },
  })
  const flow = await systemDb().flow.create({
    data: { workspaceId: manager.workspaceId, key: 'nightly', name: 'Nightly orders', foldedName: 'nightly orders' },
  })
  const version = await systemDb().flowVersion.create({ data: { workspaceId: manager.workspaceId, flowId: flow.id } })
  const shape = await systemDb().shape.create({
    data: { workspaceId: manager.workspaceId, flowVersionId: version.id, name: 'Get orders' },
  })
  return {
    ...owner,
    owner,
    methodId: method.id,
    endpointId: endpoint.id,
    connectorVariableId: await variable('connector'),
    endpointVariableId: await variable('endpoint'),
    parameterId: parameter.id,
    flowId: flow.id,
    shapeId: shape.id,
    /** Of the scenes that have one. */
    instanceId: '',
  }
}

type Start = (scene: Scene) => Promise<Scene>
const withInstance: Start = async (bare) => ({
  ...bare,
  instanceId: (await anInstance(bare.owner, bare.methodId, 'Acme UK')).id,
})
const withEnabledInstance: Start = async (bare) => {
  await anEnablement(bare.owner, bare.endpointId, bare.methodId)
  return withInstance(bare)
}
const bare: Start = (scene) => Promise.resolve(scene)

const removeConnector: Act = ({ connectorId }, within) =>
  deleteConnector(manager, { connectorId, typedName: 'Acme' }, within)
const removeMethod: Act = ({ methodId }, within) => deleteMethod(manager, { methodId, typedName: 'Open door' }, within)
const removeEndpoint: Act = ({ endpointId }, within) =>
  deleteEndpoint(manager, { endpointId, typedName: 'List orders' }, within)
const removeInstance: Act = ({ instanceId }, within) =>
  deleteInstance(manager, { instanceId, typedName: 'Acme UK' }, within)
const removeFlow: Act = ({ flowId }, within) => deleteFlow(manager, { flowId, typedName: 'Nightly orders' }, within)
const removeConnectorVariable: Act = ({ connectorId, connectorVariableId: variableId }, within) =>
  deleteVariable(
    manager,
    { owner: { level: 'connector', connectorId, ownerId: connectorId }, revision: 1, variableId },
    within,
  )
const removeEndpointVariable: Act = ({ connectorId, endpointId, endpointVariableId: variableId }, within) =>
  deleteVariable(
    manager,
    { owner: { level: 'endpoint', connectorId, ownerId: endpointId }, revision: 1, variableId },
    within,
  )
const removeFilter: Act = async ({ endpointId }, within) =>
  saveEndpoint(manager, await endpointAsSaved(endpointId, { parameters: [] }), within)

const addInstance: Act = ({ connectorId, methodId }, within) => {
  const method = { id: methodId, name: 'Open door', variables: {} }
  const acme = { workspaceId: manager.workspaceId, connectorId }
  const given = { name: 'Acme UK', withoutVerifying: true, connectorId }
  return createInstance(manager, createInput(acme as never, method, {}, given) as never, within)
}
const choose =
  (change: (scene: Scene) => Partial<SaveShape>): Act =>
  (scene, within) => {
    const { flowId, shapeId } = scene
    const untouched = { name: 'Get orders', instanceId: null, endpointId: null, timeoutSeconds: null }
    return saveShape(
      manager,
      { flowId, shapeId, revision: 1, ...untouched, values: [], filters: [], ...change(scene) },
      within,
    )
  }
const chooseInstance = choose(({ instanceId }) => ({ instanceId }))
const chooseEndpoint = choose(({ instanceId, endpointId }) => ({ instanceId, endpointId }))
const fillVariable = choose(({ instanceId, endpointId, endpointVariableId: variableId }) => ({
  ...{ instanceId, endpointId, values: [{ variableId, value: 'uk' }] },
}))
const fillFilter = choose(({ instanceId, endpointId, parameterId }) => ({
  ...{ instanceId, endpointId, filters: [{ parameterId, value: 'open' }] },
}))
const switchOn: Act = ({ methodId, endpointId }, within) =>
  setEnablement(manager, { methodId, endpointId, enabled: true }, within)
const giveValue: Act = ({ instanceId, connectorVariableId }, within) =>
  saveInstance(
    manager,
    {
      ...{ instanceId, revision: 1, intent: 'save_without_verifying', certificate: { kind: 'keep' } },
      ...{ details: { ...plainDetails, name: 'Acme UK' }, values: { [connectorVariableId]: 'uk' } },
    } as never,
    within,
  )
const useVariable: Act = ({ connectorId, methodId, connectorVariableId: variableId }, within) => {
  const use = { required: false, configurable: true, advanced: false }
  return saveVariableUse(manager, { connectorId, methodId, revision: 1, variableId, use }, within)
}
const addMethod: Act = ({ connectorId }, within) =>
  createMethod(
    manager,
    { connectorId, type: 'none', name: 'Second door', timeoutSeconds: 30, documentationUrl: '' },
    within,
  )
const addEndpoint: Act = ({ connectorId }, within) => {
  const fields = { name: 'List items', entityType: '', direction: 'receive', httpMethod: 'GET', url: '/items' } as const
  return createEndpoint(manager, { connectorId, ...fields }, within)
}
const addVariable =
  (level: 'connector' | 'method' | 'endpoint', ownerOf: (scene: Scene) => string): Act =>
  (scene, within) => {
    const owner = { level, connectorId: scene.connectorId, ownerId: ownerOf(scene) }
    return createVariable(manager, { owner, revision: 1, variable: aVariableInput({ key: 'region' }) }, within)
  }
const saveDetails: Act = ({ connectorId }, within) =>
  updateConnector(manager, { ...connectorDetails({ name: 'Acme' }), connectorId, revision: 1 }, within)
const addShapeToFlow: Act = ({ flowId }, within) =>
  addShape(manager, { flowId, revision: 1, name: 'Second', x: 0, y: 0 }, within)

const goneOf = (what: string) => ({
  code: 'not_found',
  message: `This ${what} does not exist in your workspace; it may have been deleted.`,
})
const goneInOtherWords = { code: 'not_found' }
const goneChoice = { code: 'not_found', message: 'This instance no longer exists. Choose another.' }
const inUse = (...names: string[]) => ({
  code: 'in_use',
  message: expect.stringMatching(new RegExp(names.join('.*'))) as string,
})
const asked = { code: 'confirmation_needed' }

type Row = {
  pair: string
  start: Start
  use: Act
  remove: Act
  /** What is said to who uses what is gone; null where nothing can be deleted while it has what the use needs. */
  gone: object | null
  /** What is said to who deletes what is used; null where the use goes with it. */
  used: object | null
}

const rows: Row[] = [
  {
    ...{ pair: 'connector / instance', start: bare, use: addInstance, remove: removeConnector },
    ...{ gone: goneOf('connector'), used: inUse('Acme', 'Acme UK') },
  },
  {
    ...{ pair: 'method / instance', start: bare, use: addInstance, remove: removeMethod },
    ...{ gone: goneOf('authentication method'), used: inUse('Open door', 'Acme UK') },
  },
  {
    ...{ pair: 'instance / shape', start: withInstance, use: chooseInstance, remove: removeInstance },
    ...{ gone: goneChoice, used: inUse('Acme UK', 'Nightly orders') },
  },
  {
    ...{ pair: 'endpoint / shape', start: withEnabledInstance, use: chooseEndpoint, remove: removeEndpoint },
    ...{ gone: goneOf('endpoint'), used: inUse('List orders', 'Nightly orders') },
  },
  {
    ...{ pair: 'method / enablement', start: bare, use: switchOn, remove: removeMethod },
    ...{ gone: goneInOtherWords, used: null },
  },
  {
    ...{ pair: 'endpoint / enablement', start: bare, use: switchOn, remove: removeEndpoint },
    ...{ gone: goneInOtherWords, used: null },
  },
  {
    ...{ pair: 'variable / value of an instance', start: withInstance, use: giveValue },
    ...{ remove: removeConnectorVariable, gone: goneOf('variable'), used: asked },
  },
  {
    ...{ pair: 'variable / value of a shape', start: withEnabledInstance, use: fillVariable },
    ...{ remove: removeEndpointVariable, gone: goneOf('variable'), used: asked },
  },
  {
    ...{ pair: 'variable / use by a method', start: bare, use: useVariable },
    ...{ remove: removeConnectorVariable, gone: goneOf('variable'), used: asked },
  },
  {
    ...{ pair: 'filter / value of a shape', start: withEnabledInstance, use: fillFilter, remove: removeFilter },
    ...{ gone: goneOf('parameter'), used: null },
  },
  {
    ...{ pair: 'instance / value', start: withInstance, use: giveValue, remove: removeInstance },
    ...{ gone: goneOf('instance'), used: null },
  },
  {
    ...{ pair: 'flow / shape', start: bare, use: addShapeToFlow, remove: removeFlow },
    ...{ gone: goneOf('flow'), used: null },
  },
  {
    ...{ pair: 'flow / choice in a shape', start: withInstance, use: chooseInstance, remove: removeFlow },
    ...{ gone: goneOf('flow'), used: null },
  },
  {
    ...{ pair: 'connector / method', start: bare, use: addMethod, remove: removeConnector },
    ...{ gone: goneOf('connector'), used: null },
  },
  {
    ...{ pair: 'connector / endpoint', start: bare, use: addEndpoint, remove: removeConnector },
    ...{ gone: goneOf('connector'), used: null },
  },
  {
    ...{ pair: 'connector / its own details', start: bare, use: saveDetails, remove: removeConnector },
    ...{ gone: goneOf('connector'), used: null },
  },
  ...(
    [
      ['connector', ({ connectorId }) => connectorId, removeConnector],
      ['method', ({ methodId }) => methodId, removeMethod],
      ['endpoint', ({ endpointId }) => endpointId, removeEndpoint],
    ] as ['connector' | 'method' | 'endpoint', (scene: Scene) => string, Act][]
  ).map(([level, ownerOf, remove]) => ({
    ...{ pair: `${level} / variable`, start: bare, use: addVariable(level, ownerOf), remove },
    ...{ gone: goneInOtherWords, used: null },
  })),
  {
    ...{ pair: 'connector / shape', start: withEnabledInstance, use: chooseEndpoint, remove: removeConnector },
    ...{ gone: null, used: inUse('Acme', 'Acme UK') },
  },
  {
    ...{ pair: 'method / shape', start: withEnabledInstance, use: chooseEndpoint, remove: removeMethod },
    ...{ gone: null, used: inUse('Open door', 'Acme UK') },
  },
]

const waiting = async () =>
  (await database.sql(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))
    .length

/**
 * The second begins while the first has done everything but commit.
 * @param waits whether the second needs a row that the first holds; otherwise it ends before the first
 */
async function atOnce(
  first: (tx: WorkspaceTransaction) => Promise<Result<unknown>>,
  second: () => Promise<Result<unknown>>,
  waits = true,
) {
  const [done, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = workspaceDb(manager.workspaceId).$transaction(
    async (tx) => {
      const result = await first(tx)
      done.resolve()
      await commit.promise
      return result
    },
    { timeout: 30_000 },
  )
  await Promise.race([done.promise, holding])
  const following = second()
  if (waits) await expect.poll(waiting, { timeout: 10_000 }).toBe(1)
  else await following
  commit.resolve()
  return { first: await holding, second: await following }
}

describe('a use and a deletion at the same moment', () => {
  test.each(rows.filter(({ gone }) => gone !== null))(
    '$pair: the deletion comes first, and the use is refused with what is gone',
    async ({ start, use, remove, gone }) => {
      const there = await start(scene)
      const { first, second } = await atOnce(
        (tx) => remove(there, tx),
        () => use(there),
      )
      expect(first).toMatchObject({ ok: true })
      expect(second).toMatchObject({ ok: false, error: gone })
    },
  )

  test.each(rows)('$pair: the use comes first, and the deletion is refused with what uses it', async (row) => {
    const { start, use, remove, gone, used } = row
    const there = await start(scene)
    const { first, second } = await atOnce(
      (tx) => use(there, tx),
      () => remove(there),
      gone !== null,
    )
    expect(first).toMatchObject({ ok: true })
    expect(second).toMatchObject(used === null ? { ok: true } : { ok: false, error: used })
    // As when nobody else was at work.
    if (used !== null) expect(await remove(there)).toEqual(second)
  })
})

test('two people deleting the same object: one succeeds, and for the other it is not found', async () => {
  for (const [remove, what, start] of [
    [removeFlow, 'flow', bare],
    [removeInstance, 'instance', withInstance],
    [removeEndpoint, 'endpoint', bare],
    [removeMethod, 'authentication method', bare],
    [removeConnector, 'connector', bare],
  ] as [Act, string, Start][]) {
    const there = await start(scene)
    const { first, second } = await atOnce(
      (tx) => remove(there, tx),
      () => remove(there),
    )
    expect([first, second]).toMatchObject([{ ok: true }, { ok: false, error: goneOf(what) }])
  }
})

test('a connector whose endpoint is still used by a superseded version of a flow can be deleted', async () => {
  const there = await withInstance(scene)
  await aFlowUsing(there.owner, { name: 'Old orders', ...there, state: 'superseded' })
  expect(await removeInstance(there)).toMatchObject({ ok: true })
  expect(await removeConnector(there)).toMatchObject({ ok: true })
})

describe('a foreign key', () => {
  /** Checks before it deletes, without a lock in between: at the decisive moment the use comes in and commits. */
  const deleteUnlocked = (there: Scene, atTheMoment: () => Promise<unknown>) => {
    return commitUnlessRefused(workspaceDb(manager.workspaceId), async (tx) => {
      const users = await tx.instance.findMany({ where: { methodId: there.methodId } })
      if (users.length > 0) return refuse('in_use', `${users[0]!.name} uses it.`)
      await atTheMoment()
      await tx.authenticationMethod.delete({ where: { id: there.methodId } })
      return succeed(null)
    })
  }

  test('that stops a deletion makes it check the uses again, and the error lists them', async () => {
    const deleted = await deleteUnlocked(scene, () => anInstance(scene.owner, scene.methodId, 'Acme UK'))
    expect(deleted).toEqual(refuse('in_use', 'Acme UK uses it.'))
  })

  test('that stops a deletion repeatedly, because nothing checks the uses, is thrown as a bug', async () => {
    await anInstance(scene.owner, scene.methodId)
    const blind = commitUnlessRefused(workspaceDb(manager.workspaceId), async (tx) =>
      succeed(await tx.authenticationMethod.deleteMany({ where: { id: scene.methodId } })),
    )
    await expect(blind).rejects.toMatchObject({ code: 'P2003' })
  })

  test('of every table says what is gone, but for people, their memberships and workspaces', async () => {
    const keys = await database.sql<{ name: string; refers: string }>(
      `SELECT conname AS "name", confrelid::regclass::text AS "refers" FROM pg_constraint WHERE contype = 'f'`,
    )
    expect(keys.length).toBeGreaterThan(30)
    const nameless = keys.filter(({ name }) => nounReferredTo(name) === null).map(({ refers }) => refers)
    expect([...new Set(nameless)].sort()).toEqual(['"Membership"', '"User"', '"Workspace"'])
  })

  test('names both sides of a PostgreSQL before 18, which has one error for them, in any language', () => {
    const violation = (modelName: string | undefined) =>
      new Prisma.PrismaClientKnownRequestError('', {
        code: 'P2003',
        clientVersion: '',
        meta: {
          modelName,
          driverAdapterError: {
            cause: {
              kind: 'ForeignKeyConstraintViolation',
              constraint: { index: 'Instance_workspaceId_connectorId_methodId_fkey' },
            },
          },
        },
      })
    for (const use of [violation('Instance'), violation(undefined)]) {
      expect(isStillUsed(use)).toBe(false)
      expect(goneRefusal(use)).toEqual(notFound('authentication_method'))
    }
    expect(isStillUsed(violation('AuthenticationMethod'))).toBe(true)
    expect(goneRefusal(violation('AuthenticationMethod'))).toBeNull()
    expect(goneRefusal(new Error('x'))).toBeNull()
  })
})
