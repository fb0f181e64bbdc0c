import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { apiOf, type Send } from '@/lib/commands/connectors/api'
import { diff } from '@/lib/commands/connectors/diff'
import { Folder } from '@/lib/commands/connectors/folder'
import { pull } from '@/lib/commands/connectors/pull'
import { push, type PushOptions } from '@/lib/commands/connectors/push'
import { getConnector } from '@/lib/connectors/get-connector'
import type { PersonActor } from '@/lib/domain/access/actor'
import { importConnector } from '@/lib/imports/import-connector'
import { installPreset } from '@/lib/imports/install-preset'
import { workspaceDb } from '@/lib/platform/db/client'
import { aProgram } from '@/tests/support/api-program'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { anInstance } from '@/tests/support/endpoint-builders'
import { doImportJobs } from '@/tests/support/imports'

/** `npm run connectors`: a folder under version control, and a workspace, through the REST API with a key. */

await testDatabase()

const acme = `# Our shop.
patchbay: 2
kind: connector
key: acme
name: Acme
baseUrl: https://api.acme.test
methods:
  - key: token
    name: Token
    type: token
endpoints:
  - key: create # the busiest one
    name: Create an order
    method: POST
    direction: send
    url: /orders
    accepts: [token]
  - key: list
    name: List orders
    url: /orders
    accepts: [token]
`

/** The same with endpoints that make it too long for one request. */
const long = `${acme}${Array.from(
  { length: 260 },
  (_, index) => `  - key: z-${1_000 + index}
    name: Long ${index}
    description: ${'x'.repeat(4_000)}
    url: /long/${index}
`,
).join('')}`
const lengths = [
  ['short', acme],
  ['long', long],
] as const

type Clone = {
  path: string
  run: (verb: 'pull' | 'push' | 'diff', options?: Partial<PushOptions>) => Promise<[status: number, output: string]>
  write: (text: string, key?: string) => void
  read: (key?: string) => string
}

const folders: string[] = []
let progress: string[] = []
let actor: PersonActor
let send: Send

beforeEach(async () => {
  actor = await anActor('manager')
  progress = []
  send = (await aProgram(actor, { role: 'manager' })).send as Send
})
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true })
})

/** @param from the clone whose files it has, as after a Git pull */
function aClone(from?: Clone, through = send): Clone {
  const path = mkdtempSync(join(tmpdir(), 'patchbay-connectors-'))
  folders.push(path)
  if (from) cpSync(from.path, path, { recursive: true })
  const api = apiOf((method, to, body) => through(method, to, body === undefined ? undefined : ({ body } as object)), {
    progress: (line) => progress.push(line),
    pause: () => doImportJobs(actor.workspaceId),
  })
  return {
    path,
    run: async (verb, options = {}) => {
      const lines: string[] = []
      const folder = new Folder(path)
      const print = (line: string) => lines.push(line)
      const given = { removeOthers: false, confirmed: false, ...options }
      const status =
        verb === 'pull'
          ? await pull(api, folder, print)
          : verb === 'diff'
            ? await diff(api, folder, given.removeOthers, print)
            : await push(api, folder, given, print)
      return [status, lines.join('\n')]
    },
    write: (text, key = 'acme') => writeFileSync(join(path, `${key}.yaml`), text),
    read: (key = 'acme') => readFileSync(join(path, `${key}.yaml`), 'utf8'),
  }
}

const stored = async (key = 'acme') => {
  const { id } = await workspaceDb(actor.workspaceId).connector.findFirstOrThrow({ where: { key } })
  return valueOf(await getConnector(actor, { connectorId: id }))
}

describe('Push', () => {
  test.each(lengths)(
    'of a %s document creates a connector from it, and a second push changes nothing',
    async (length, acme) => {
      const clone = aClone()
      clone.write(acme)
      expect(await clone.run('push')).toEqual([0, 'acme: created'])
      const before = await stored()
      expect(before).toMatchObject({
        name: 'Acme',
        endpoints: length === 'short' ? 2 : 262,
        managedBy: { path: 'acme.yaml' },
      })
      expect(await clone.run('push')).toEqual([0, ''])
      expect(await clone.run('diff')).toEqual([0, ''])
      expect(await stored()).toEqual(before)
      expect(clone.read()).toBe(acme)
    },
  )

  test.each(lengths)('of a %s document changes what the file changed, and says what', async (_length, acme) => {
    const clone = aClone()
    clone.write(acme)
    await clone.run('push')
    clone.write(
      acme.replace(
        'url: /orders\n    accepts: [token]\n  - key: list',
        'url: /v2/orders\n    accepts: [token]\n  - key: list',
      ),
    )
    const shown = '~ endpoint create\n    - url: /orders\n    + url: /v2/orders'
    expect(await clone.run('diff')).toEqual([1, `acme:\n${shown}`])
    expect(await clone.run('push')).toEqual([0, `acme: changed\n${shown}`])
  })

  test('deletes nothing that is absent, unless it is asked to', async () => {
    const clone = aClone()
    clone.write(acme)
    await clone.run('push')
    clone.write(acme.slice(0, acme.indexOf('  - key: list')))
    expect(await clone.run('push')).toEqual([0, ''])
    expect((await stored()).endpoints).toBe(2)
    expect(await clone.run('diff')).toEqual([0, 'acme:\n  endpoint list (not in the file; it stays)'])
    const [status, output] = await clone.run('push', { removeOthers: true })
    expect([status, output.split('\n').slice(0, 2)]).toEqual([0, ['acme: changed', '- endpoint list']])
    expect((await stored()).endpoints).toBe(1)
  })

  test('of a connector without a file leaves it alone', async () => {
    valueOf(
      await importConnector(actor, {
        document: acme.replace('key: acme', 'key: other').replace('name: Acme', 'name: Other'),
        name: '',
      }),
    )
    const clone = aClone()
    clone.write(acme)
    expect(await clone.run('diff')).toEqual([1, 'acme: new\nother: only in Patchbay'])
    expect((await clone.run('push', { removeOthers: true }))[0]).toBe(0)
    expect(await workspaceDb(actor.workspaceId).connector.count()).toBe(2)
  })

  test('never touches instances', async () => {
    const clone = aClone()
    clone.write(acme)
    await clone.run('push')
    const db = workspaceDb(actor.workspaceId)
    const { id: methodId, connectorId } = await db.authenticationMethod.findFirstOrThrow()
    await anInstance({ workspaceId: actor.workspaceId, connectorId }, methodId)
    const before = await db.instance.findFirstOrThrow()
    clone.write(acme.replace('name: Token', 'name: API token'))
    expect((await clone.run('push'))[0]).toBe(0)
    expect(await db.instance.findFirstOrThrow()).toEqual(before)
  })

  test.each(lengths)(
    'of a %s document ends with 3 if new addresses wait for an administrator, and lists them',
    async (_length, acme) => {
      const clone = aClone()
      clone.write(acme)
      await clone.run('push')
      const { id: methodId, connectorId } = await workspaceDb(actor.workspaceId).authenticationMethod.findFirstOrThrow()
      await anInstance({ workspaceId: actor.workspaceId, connectorId }, methodId)
      clone.write(acme.replace('api.acme.test', 'api.other.test'))
      const [status, output] = await clone.run('push')
      expect(status).toBe(3)
      expect(output).toContain('https://api.other.test')
    },
  )

  test.each([
    ['that cannot be read', 'a: [', /^acme: refused\. Line 1/],
    ['with another key', acme.replace('key: acme', 'key: shop'), /Call the file shop\.yaml/],
    ['that is long and no document', `# ${'x'.repeat(1_000_000)}`, /acme\.yaml is no connection document/],
    ['that is long and cannot be read', `# ${'x'.repeat(1_000_000)}\na: [`, /^acme: refused\. Line \d+/],
    ['that is long and wrong', long.replace('type: token', 'type: magic'), /^acme: refused\. .*type/],
    ['that is long and no connector', JSON.stringify({ openapi: '3.1.0', x: long }), /Only a connection document/],
  ])('refuses a file %s, and goes on with the others', async (_what, text, message) => {
    const clone = aClone()
    clone.write(text)
    clone.write(acme.replace('key: acme', 'key: zeta').replace('name: Acme', 'name: Zeta'), 'zeta')
    const [status, output] = await clone.run('push')
    expect(status).toBe(1)
    expect(output).toMatch(message)
    expect(output).toContain('zeta: created')
    expect((await clone.run('diff'))[0]).toBe(1)
  })

  test('says what is wrong in a file, and goes on with the others', async () => {
    const clone = aClone()
    clone.write(acme.replace('type: token', 'type: magic'))
    clone.write(acme.replace('key: acme', 'key: zeta').replace('name: Acme', 'name: Zeta'), 'zeta')
    const [status, output] = await clone.run('push')
    expect(status).toBe(1)
    expect(output).toMatch(/^acme: refused\. .*type.*\nzeta: created$/s)
  })

  test('needs a key that may change connectors', async () => {
    const reader = (await aProgram(actor, { role: 'read_only' })).send as Send
    const clone = aClone(undefined, reader)
    clone.write(acme)
    const [status, output] = await clone.run('push')
    expect(status).toBe(1)
    expect(output).toMatch(/^acme: refused\. /)
  })
})

describe('Pull', () => {
  test('writes every connector, and a second pull changes nothing', async () => {
    for (const preset of ['github', 'stripe']) valueOf(await installPreset(actor, { preset, name: '' }))
    const clone = aClone()
    expect(await clone.run('pull')).toEqual([0, 'github: written\nstripe: written'])
    expect(await clone.run('pull')).toEqual([0, ''])
    expect(await clone.run('push')).toEqual([0, ''])
    expect(await clone.run('diff')).toEqual([0, ''])
  })

  test('into another workspace gives the same files again', async () => {
    valueOf(await installPreset(actor, { preset: 'salesforce', name: '' }))
    const clone = aClone()
    await clone.run('pull')
    const other = await anActor('manager')
    const there = (await aProgram(other, { role: 'manager' })).send as Send
    const copy = aClone(undefined, there)
    copy.write(clone.read('salesforce'), 'salesforce')
    expect(await copy.run('push')).toEqual([0, 'salesforce: created'])
    const fresh = aClone(undefined, there)
    await fresh.run('pull')
    expect(fresh.read('salesforce')).toBe(clone.read('salesforce'))
  })

  test('keeps the comments and the style of what did not change', async () => {
    const clone = aClone()
    clone.write(acme)
    await clone.run('push')
    const other = aClone(clone)
    other.write(
      acme
        .replace('name: List orders', 'name: All orders')
        .replace('  - key: list', '  - key: get\n    name: Get\n    url: /get\n  - key: list'),
    )
    expect((await other.run('push'))[0]).toBe(0)
    expect(await clone.run('pull')).toEqual([0, 'acme: updated'])
    const text = clone.read()
    expect(text).toContain('# Our shop.\npatchbay: 2')
    expect(text).toContain('- key: create # the busiest one')
    expect(text).toContain('accepts: [ token ]')
    expect(text).toContain('name: All orders')
    expect(await clone.run('diff')).toEqual([0, ''])
  })

  test('compares a file without a key by the name of the file', async () => {
    const clone = aClone()
    clone.write(acme.replace('key: acme\n', ''))
    await clone.run('push')
    rmSync(join(clone.path, 'connectors.lock.json'))
    expect(await clone.run('pull')).toEqual([0, ''])
    expect(await clone.run('push')).toEqual([0, ''])
  })

  test('does not write outside the folder, whatever keys an installation sends', async () => {
    const clone = aClone(undefined, async (method, path, body) => {
      const answer = await send(method, path, body)
      if (path.startsWith('/connectors?'))
        return { status: 200, body: { items: [{ id: 'x', key: '../evil' }], nextCursor: null } }
      return answer
    })
    await expect(clone.run('pull')).rejects.toThrow()
    expect(existsSync(join(clone.path, '../evil.yaml'))).toBe(false)
  })

  test('does not overwrite a file that was changed here', async () => {
    const clone = aClone()
    clone.write(acme)
    await clone.run('push')
    const mine = acme.replace('name: List orders', 'name: Mine')
    clone.write(mine)
    expect(await clone.run('pull')).toEqual([0, 'acme: changed here, not pushed yet'])
    expect(clone.read()).toBe(mine)
  })
})

describe('Two clones', () => {
  test.each(lengths)(
    'of %s documents with conflicting edits lose nothing: the second push is refused and shows the difference',
    async (_length, acme) => {
      const one = aClone()
      one.write(acme)
      await one.run('push')
      const two = aClone(one)
      one.write(acme.replace('name: List orders', 'name: One'))
      two.write(acme.replace('name: List orders', 'name: Two'))
      expect((await one.run('push'))[0]).toBe(0)
      const [status, output] = await two.run('push')
      expect(status).toBe(1)
      expect(output).toContain('changed in Patchbay since the last pull or push')
      expect(output).toContain('    - name: One\n    + name: Two')
      const [pulled, shown] = await two.run('pull')
      expect(pulled).toBe(1)
      expect(shown).toContain('    - name: One\n    + name: Two')
      expect(two.read()).toContain('name: Two')
      // The connector's document lies beside the file until the person has merged it.
      expect(two.read('acme.theirs')).toContain('name: One')
      expect((await two.run('push'))[1]).toContain('Merge acme.theirs.yaml')
      rmSync(join(two.path, 'acme.theirs.yaml'))
      expect((await two.run('push'))[0]).toBe(0)
      expect((await one.run('pull'))[1]).toBe('acme: updated')
      expect(one.read()).toContain('name: Two')
    },
  )

  test('do not overwrite an edit in the app', async () => {
    const clone = aClone()
    clone.write(acme)
    await clone.run('push')
    const other = aClone()
    await other.run('pull')
    other.write(other.read().replace('name: List orders', 'name: In the app'))
    await other.run('push')
    clone.write(acme.replace('url: /orders', 'url: /mine'))
    const [status, output] = await clone.run('push')
    expect([status, output]).toEqual([1, expect.stringContaining('name: In the app')])
  })

  test('that merge in Git have the lock of the one that pushed', async () => {
    const one = aClone()
    one.write(acme)
    await one.run('push')
    const two = aClone(one)
    one.write(acme.replace('name: List orders', 'name: One'))
    expect((await one.run('push'))[0]).toBe(0)
    cpSync(join(one.path, 'connectors.lock.json'), join(two.path, 'connectors.lock.json'))
    two.write(acme.replace('name: List orders', 'name: Both'))
    expect((await two.run('push'))[0]).toBe(0)
  })

  test('do not lose an edit that was typed while a push was under way', async () => {
    const clone = aClone(undefined, async (method, path, body) => {
      if (path === '/connectors/apply') clone.write(acme.replace('name: List orders', 'name: Typed meanwhile'))
      return send(method, path, body)
    })
    clone.write(acme)
    await clone.run('push')
    expect((await clone.run('diff'))[1]).toContain('+ name: Typed meanwhile')
    expect((await clone.run('pull'))[1]).toBe('acme: changed here, not pushed yet')
  })

  test('that have never seen a connector do not overwrite it', async () => {
    valueOf(await importConnector(actor, { document: acme, name: '' }))
    const clone = aClone()
    clone.write(acme.replace('name: List orders', 'name: Mine'))
    expect((await clone.run('push'))[0]).toBe(1)
  })
})
