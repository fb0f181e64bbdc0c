import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import type { Result } from '@/lib/domain/result'
import { may, roles } from '@/lib/domain/access/roles'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { anHttpServer } from '@/tests/support/servers'
import { doors } from './doors'
import { functionsOfActors, operationNames, steps } from './exported-functions'
import { aWholeWorkspace, contentOf, marker, type WholeWorkspace } from './whole-workspace'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/**
 * Every function of lib that acts for a person: its result for the workspace's administrator and for people of another
 * workspace, and the roles of the workspace that are refused.
 */

let database: TestDatabase
/** The database before all refusals, none of which may change it. */
let refusing: { world: WholeWorkspace; content: string }
const sent: string[] = []
const actors = new Map<string, PersonActor>()

beforeAll(async () => {
  database = await testDatabase()
  process.env.PATCHBAY_BUILT_IN_DATABASE = 'true'
  const server = createServer((request, response) => response.end(String(sent.push(request.url ?? ''))))
    .listen(0, '127.0.0.1')
    .unref()
  await once(server, 'listening')
  const world = await aWholeWorkspace(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  for (const role of roles) {
    actors.set(`own ${role}`, await anActor(role, world.workspaceId))
    actors.set(`foreign ${role}`, await anActor(role))
  }
  refusing = { world, content: await contentOf(database, world.workspaceId) }
})

const thirdParty = () =>
  anHttpServer((_request, response) =>
    response.setHeader('content-type', 'application/json').end('{"error":"invalid_grant"}'),
  )
const codeOf = (result: Result<unknown>) => (result.ok ? 'own answer' : result.error.code)

test('every operation is listed here, and every other function that takes an actor without a permission', () => {
  expect([...functionsOfActors(), ...operationNames()].sort()).toEqual(Object.keys(doors).sort())
})

test('all other functions that act for someone are steps that need a permitted actor', () => {
  const found = steps()
  expect(found).toEqual(expect.arrayContaining(['lib/authorisations/begin-authorisation.ts#beginAuthorisation']))
  expect(found).toEqual(expect.arrayContaining(['lib/calls/call-check.ts#checkActor']))
  expect(found.filter((name) => name in doors)).toEqual([])
})

/** Each of these calls starts an authorisation first. */
const isCallback = (name: string) => name.endsWith('#completeAuthorisation')

describe.each(Object.entries(doors))(
  '%s',
  (name, { permission, call, foreign = 'not_found', own, nameless = false }) => {
    test('works for every role with the permission, in its own workspace', async () => {
      const world = await aWholeWorkspace((await thirdParty()).url)
      const answer = await call(world.administrator, world)
      expect(codeOf(answer)).toBe(own ?? 'own answer')
      // Every sealed column of the workspace contains one.
      expect(JSON.stringify(answer)).not.toContain('planted-')
      if (foreign === 'own answer' && !nameless) expect(JSON.stringify(answer)).toContain(marker)
    })

    // Shows D6.
    test('is refused to every other role, and changes nothing', async () => {
      for (const role of roles.filter((role) => !may(role, permission))) {
        expect(codeOf(await call(actors.get(`own ${role}`)!, refusing.world))).toBe('not_allowed')
      }
      await nothingHappened(name)
    })

    // Shows D2.
    test('neither shows nor changes anything for people of another workspace in any role', async () => {
      for (const role of roles.filter((role) => may(role, permission))) {
        const answer = await call(actors.get(`foreign ${role}`)!, refusing.world)
        expect(codeOf(answer)).toBe(foreign)
        expect(JSON.stringify(answer)).not.toContain(marker)
      }
      await nothingHappened(name)
    })
  },
)

/** Nothing was sent or written, except for the authorisation that was started for a callback. */
async function nothingHappened(name: string): Promise<void> {
  expect(sent).toEqual([])
  const content = await contentOf(database, refusing.world.workspaceId)
  if (!isCallback(name)) return expect(content).toBe(refusing.content)
  expect(withoutBegun(content)).toBe(withoutBegun(refusing.content))
  refusing.content = content
}

function withoutBegun(content: string): string {
  return content
    .split('\n')
    .filter((line) => !/^(PendingAuthorisation|AuditLog) /.test(line))
    .join('\n')
}
