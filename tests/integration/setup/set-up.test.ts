import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { setUpAction } from '@/lib/setup/actions'
import { setUp } from '@/lib/setup/set-up'
import { isSetUp } from '@/lib/platform/session/is-set-up'
import { idleForm } from '@/lib/platform/forms/form-state'
import { currentActor } from '@/lib/platform/session/actor'
import { noClient } from '../../support/builders'
import { testDatabase, type TestDatabase } from '../../support/database'
import { browser, redirectOf } from '../../support/request-scope'

vi.mock('next/headers', async () => (await import('../../support/request-scope')).nextHeaders)
vi.mock('next/navigation', async () => (await import('../../support/request-scope')).nextNavigation)

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
beforeEach(async () => {
  browser.cookies.clear()
  await database.sql('DELETE FROM "Membership"')
  await database.sql('DELETE FROM "User"')
  await database.sql('DELETE FROM "Workspace"')
})

const input = { workspaceName: 'Acme', name: 'Dana', email: 'dana@example.com', password: 'correct-horse-battery' }

function form(values: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.set(name, value)
  return data
}

describe('set-up', () => {
  it('creates the workspace and its administrator, with a line in the audit log, and signs in', async () => {
    expect(await isSetUp()).toBe(false)
    expect(await redirectOf(setUpAction(idleForm, form({ ...input, email: ' Dana@Example.com ' })))).toBe('/connectors')
    expect(await isSetUp()).toBe(true)
    expect(await currentActor()).toMatchObject({ label: 'Dana', role: 'administrator' })
    const [user] = await database.sql<{ email: string; passwordHash: string }>(
      'SELECT email, "passwordHash" FROM "User"',
    )
    expect(user!.email).toBe('dana@example.com')
    expect(user!.passwordHash).toMatch(/^\$argon2id\$/)
    expect(await database.sql('SELECT 1 FROM "AuditLog" WHERE action = $1', ['create_workspace'])).not.toHaveLength(0)
  })

  it('two set-ups at once create exactly one administrator, and the other person is asked to sign in', async () => {
    const results = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        setUp({ ...input, email: `${name}@example.com`, workspaceName: name }, noClient),
      ),
    )
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    for (const result of results) if (!result.ok) expect(result.error.message).toContain('Sign in')
    expect(await database.sql('SELECT 1 FROM "User"')).toHaveLength(1)
    expect(await database.sql('SELECT 1 FROM "Workspace"')).toHaveLength(1)
    expect(await database.sql('SELECT 1 FROM "Membership" WHERE role = $1', ['administrator'])).toHaveLength(1)
  })

  it('is refused once a person exists, also by a direct call of the action', async () => {
    await setUp(input, noClient)
    const state = await setUpAction(idleForm, form({ ...input, email: 'second@example.com' }))
    expect(state).toMatchObject({ status: 'invalid', message: expect.stringContaining('already set up') })
    expect(browser.cookies.size).toBe(0)
    expect(await database.sql('SELECT 1 FROM "User"')).toHaveLength(1)
  })

  it('names every wrong field, keeps the typed values except the password, and creates nothing', async () => {
    const state = await setUpAction(
      idleForm,
      form({ workspaceName: 'Acme', name: 'D\u0007', email: 'dana', password: 'too-short' }),
    )
    expect(state).toMatchObject({
      status: 'invalid',
      fieldErrors: { name: expect.any(String), email: expect.any(String), password: expect.stringContaining('12') },
    })
    expect(JSON.stringify(state)).not.toContain('too-short')
    expect(state).toMatchObject({ values: { workspaceName: 'Acme', email: 'dana' } })
    expect(await isSetUp()).toBe(false)
  })

  it('an unknown field is refused', async () => {
    expect(await setUpAction(idleForm, form({ ...input, role: 'administrator' }))).toMatchObject({ status: 'invalid' })
    expect(await isSetUp()).toBe(false)
  })
})
