import { beforeAll, describe, expect, test, vi } from 'vitest'
import { may, roles } from '@/lib/domain/access/roles'
import { beyondKeyLimits, callsOnly, keyNotAllowed, unreadableInput } from '@/lib/domain/refusals'
import { tools } from '@/lib/mcp/tools'
import type { Tool } from '@/lib/mcp/tool'
import { systemDb } from '@/lib/platform/db/client'
import { anAgent, type Agent, type ToolAnswer } from '@/tests/support/agent'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { anHttpServer } from '@/tests/support/servers'
import { aWholeWorkspace, contentOf, marker, type WholeWorkspace } from '../security/whole-workspace'
import { examples } from './examples'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** Every tool, with keys of every kind (issue: operation × entry point × role). */

const database = await testDatabase()

const thirdParty = () =>
  anHttpServer((_request, response) => response.setHeader('content-type', 'application/json').end('{"orders":[]}'))

const rows = tools.map((tool) => [tool.name, tool] as const)
const inputOf = (tool: Tool, world: WholeWorkspace) => examples[tool.name]!(world)
const mayRun = (tool: Tool, role: (typeof roles)[number]) =>
  tool.operations.every(({ definition }) => may(role, definition.permission))

/** All tools that an agent of this kind can use, by what their operations accept. */
const open = (accepts: (definition: Tool['operations'][number]['definition']) => boolean) =>
  tools.filter(({ operations }) => operations.every(({ definition }) => accepts(definition))).map(({ name }) => name)

test('every tool has an example', () => {
  expect(Object.keys(examples).sort()).toEqual(tools.map(({ name }) => name).sort())
})

describe('with a key that may do it', () => {
  test.each(rows)('%s works, says what its schema promises, and returns no secret', async (_name, tool) => {
    const world = await aWholeWorkspace((await thirdParty()).url)
    const agent = await anAgent(world.administrator, { role: 'administrator' })
    // The client checks structured content against the schemas that it has listed.
    await agent.toolNames()
    const answer = await agent.call(tool.name, inputOf(tool, world))
    expect(answer.refusal).toBeNull()
    expect(JSON.parse(answer.text)).toEqual(answer.value)
    expect(answer.text).not.toContain('planted-')
    expect(answer.bytes).toBeLessThan(64 * 1024)
  })

  test('objects are named by their keys too', async () => {
    const world = await aWholeWorkspace((await thirdParty()).url)
    const agent = await anAgent(world.administrator, { role: 'administrator' })
    const keyOf = async (found: Promise<{ key: string }>) => (await found).key
    const instance = await keyOf(systemDb().instance.findFirstOrThrow({ where: { id: world.instanceId } }))
    const endpoint = await keyOf(systemDb().endpoint.findFirstOrThrow({ where: { id: world.endpointId } }))
    const connector = await keyOf(systemDb().connector.findFirstOrThrow({ where: { id: world.connectorId } }))
    const method = await keyOf(systemDb().authenticationMethod.findFirstOrThrow({ where: { id: world.method.id } }))
    const named = { instance, endpoint, connector, method }
    for (const tool of tools) {
      const input = Object.fromEntries(
        Object.entries(inputOf(tool, world)).map(([name, value]) => [name, named[name as keyof typeof named] ?? value]),
      )
      expect([tool.name, (await agent.call(tool.name, input)).refusal]).toEqual([tool.name, null])
    }
  })
})

describe('with a key that may not', () => {
  let world: WholeWorkspace
  let content: string
  const agents = new Map<string, Agent>()

  beforeAll(async () => {
    world = await aWholeWorkspace('https://third-party.invalid')
    // Its use is noted once a minute, which would be a change too.
    const lastUsedAt = new Date(Date.now() + 3_600_000)
    for (const role of roles) agents.set(role, await anAgent(world.administrator, { role, lastUsedAt }))
    const all = { role: 'administrator', lastUsedAt } as const
    const limits = { connectorIds: [world.connectorId] }
    agents.set('limited', await anAgent(world.administrator, { ...all, limits }))
    agents.set('elsewhere', await anAgent(world.administrator, { ...all, limits: { instanceIds: [] } }))
    agents.set('call only', await anAgent(world.administrator, { ...all, callOnly: true }))
    for (const role of roles) agents.set(`foreign ${role}`, await anAgent(await anActor(role), { role }))
    content = await contentOf(database, world.workspaceId)
  })

  const nothingHappened = async () => expect(await contentOf(database, world.workspaceId)).toBe(content)
  const ask = (who: string, tool: Tool): Promise<ToolAnswer> => agents.get(who)!.call(tool.name, inputOf(tool, world))

  test('only the tools that it can use are listed', async () => {
    for (const role of roles)
      expect(await agents.get(role)!.toolNames()).toEqual(open(({ permission }) => may(role, permission)))
    expect(await agents.get('limited')!.toolNames()).toEqual(open(({ restrictedKeys }) => restrictedKeys === 'allowed'))
    expect(await agents.get('call only')!.toolNames()).toEqual(open(({ callOnlyKeys }) => callOnlyKeys === 'allowed'))
    expect(await agents.get('call only')!.toolNames()).toEqual([
      ...['list_instances', 'list_instance_endpoints', 'describe_endpoint', 'call_endpoint'],
    ])
    expect(await agents.get('read_only')!.toolNames()).not.toContain('call_endpoint')
  })

  test.each(rows)('%s is refused, in the same words as everywhere', async (_name, tool) => {
    for (const role of roles.filter((one) => !mayRun(tool, one)))
      expect((await ask(role, tool)).refusal).toEqual(keyNotAllowed().error)
    const refusing = (accepts: 'restrictedKeys' | 'callOnlyKeys') =>
      tool.operations.some(({ definition }) => definition[accepts] !== 'allowed')
    if (refusing('restrictedKeys')) expect((await ask('limited', tool)).refusal).toEqual(beyondKeyLimits().error)
    if (refusing('callOnlyKeys')) expect((await ask('call only', tool)).refusal).toEqual(callsOnly().error)
    await nothingHappened()
  })

  test.each(rows)('%s neither shows nor changes anything beyond the limits of a key', async (_name, tool) => {
    const { refusal, text } = await ask('elsewhere', tool)
    expect(text).not.toContain(marker)
    if (Object.keys(tool.input.shape).some((name) => name in { instance: 0, connector: 0, id: 0 }))
      expect(refusal?.code).toBe(tool.name === 'propose_enablement_change' ? 'not_allowed' : 'not_found')
    await nothingHappened()
  })

  test.each(rows)('%s neither shows nor changes anything of another workspace', async (_name, tool) => {
    for (const role of roles.filter((one) => mayRun(tool, one))) {
      const { refusal, text } = await ask(`foreign ${role}`, tool)
      if (tool.name !== 'list_connectors') expect(refusal?.code).toBe('not_found')
      expect(text).not.toContain(marker)
    }
    await nothingHappened()
  })

  test.each(rows)('%s refuses an input that it does not know, and says what is wrong', async (_name, tool) => {
    const agent = agents.get('administrator')!
    const unknown = await agent.call(tool.name, { ...inputOf(tool, world), unknownThing: 1 })
    expect(unknown.refusal).toMatchObject({
      code: 'invalid_input',
      message: 'The input has no property “unknownThing”. Leave it out.',
      fields: { input: 'The input has no property “unknownThing”. Leave it out.' },
    })
    for (const [name, value] of Object.entries(inputOf(tool, world))) {
      const wrong = await agent.call(tool.name, { ...inputOf(tool, world), [name]: typeof value === 'object' ? 1 : {} })
      expect(wrong.refusal).toMatchObject({ code: 'invalid_input', field: name })
      expect(wrong.refusal?.message).not.toBe(unreadableInput)
      if (typeof value === 'string')
        expect((await agent.call(tool.name, { ...inputOf(tool, world), [name]: '\0' })).refusal?.code).not.toBe(
          'unexpected',
        )
    }
    await nothingHappened()
  })
})
