import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createClient as generateClient } from '@hey-api/openapi-ts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { answerApi } from '@/lib/api/answer'
import { answerDocument } from '@/lib/api/document/answer-document'
import { anApiKey } from '@/tests/support/api-key-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** The OpenAPI document is valid, and a client that is generated from it works. */

await testDatabase()

const run = promisify(execFile)
const root = join(import.meta.dirname, '../../..')
let folder: string
let file: string

beforeAll(async () => {
  folder = mkdtempSync(join(root, 'node_modules/.api-client-'))
  file = join(folder, 'openapi.json')
  writeFileSync(file, await (await documentResponse()).text())
})

afterAll(() => rmSync(folder, { recursive: true }))

const documentResponse = async (headers: Record<string, string> = {}) =>
  answerDocument(new Request('http://localhost:3000/api/v1/openapi.json', { headers }))

const tool = (name: string, ...parameters: string[]) =>
  run(process.execPath, [join(root, 'node_modules/.bin', name), ...parameters], { cwd: folder })

describe('the document', () => {
  test('is served to everybody, and not sent again to a program that has it', async () => {
    const first = await documentResponse()
    expect(first.status).toBe(200)
    expect(await first.json()).toMatchObject({ openapi: '3.1.1' })
    const again = await documentResponse({ 'if-none-match': first.headers.get('etag')! })
    expect(again.status).toBe(304)
  })

  test('has no fault that Redocly finds', async () => {
    const { stdout, stderr } = await tool('redocly', 'lint', file, '--format=json')
    expect(JSON.parse(stdout) as unknown, stderr).toMatchObject({ totals: { errors: 0, warnings: 0 } })
  }, 60_000)

  test('has no fault that Spectral finds', async () => {
    const ruleset = join(folder, 'ruleset.json')
    writeFileSync(ruleset, JSON.stringify({ extends: ['spectral:oas'] }))
    const found = await tool(
      'spectral',
      'lint',
      file,
      '--ruleset',
      ruleset,
      '--fail-severity=hint',
      '--format=json',
      '--quiet',
    )
    expect(JSON.parse(found.stdout)).toEqual([])
  }, 60_000)
})

describe('a client that is generated from the document', () => {
  type Answer = { data?: Record<string, unknown>; error?: Record<string, unknown>; response: Response }
  type Sdk = Record<string, (options: object) => Promise<Answer>>

  async function aClient() {
    const output = join(folder, 'client')
    await generateClient({ input: file, output: { path: output }, logs: { level: 'silent' } })
    const sdk = (await import(/* @vite-ignore */ join(output, 'sdk.gen.ts'))) as Sdk
    const { createClient } = (await import(/* @vite-ignore */ join(output, 'client/index.ts'))) as {
      createClient: (options: object) => unknown
    }
    const owner = await anActor('administrator')
    const { key } = await anApiKey(owner, { role: 'administrator' })
    const client = createClient({ baseUrl: 'http://localhost:3000/api/v1', auth: () => key, fetch: answerApi })
    return (name: string, options: object = {}) => sdk[name]!({ client, ...options })
  }

  test('creates, lists, changes and deletes, and gets problem details', async () => {
    const call = await aClient()
    const created = await call('createConnector', { body: { name: 'Shop', systemType: 'ecommerce' } })
    expect(created.data).toMatchObject({ name: 'Shop', revision: 1 })
    const path = { connectorId: created.data!.id }
    const etag = created.response.headers.get('etag')!
    const changed = await call('updateConnector', {
      path,
      headers: { 'If-Match': etag },
      body: { description: 'Sells things' },
    })
    expect(changed.data).toMatchObject({ description: 'Sells things', revision: 2 })
    expect((await call('listConnectors', { query: { q: 'shop' } })).data).toMatchObject({ total: 1 })
    const stale = await call('updateConnector', { path, headers: { 'If-Match': etag }, body: {} })
    expect(stale.error).toMatchObject({ code: 'changed_by_someone_else', currentRevision: 2 })
    expect((await call('deleteConnector', { path })).response.status).toBe(204)
    expect((await call('getConnector', { path })).error).toMatchObject({ code: 'not_found', status: 404 })
  }, 60_000)
})
