import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { createFlowAction } from '@/lib/flows/actions'
import { systemDb } from '@/lib/platform/db/client'
import { idleForm } from '@/lib/platform/forms/form-state'
import { signInAction, signInAgainAction } from '@/lib/platform/session/actions'
import { currentActor } from '@/lib/platform/session/actor'
import { encodeSession, sessionCookieName } from '@/lib/platform/session/cookie'
import { hashPassword } from '@/lib/platform/session/password'
import { findPerson } from '@/lib/platform/session/person'
import { personField, personKey } from '@/lib/platform/session/signed-out'
import { countersOf } from '@/lib/platform/session/throttle'
import { searchAction } from '@/lib/search/actions'
import { anActor, aSession, aWorkspace } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { browser, redirectOf } from '@/tests/support/request-scope'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)
vi.mock('next/navigation', async () => (await import('@/tests/support/request-scope')).nextNavigation)
vi.mock('next/cache', () => ({ refresh: () => {} }))

/** What an action says to the page of a person who is signed out, or who is not the one of the session any more. */

const password = 'correct-horse-battery'
let passwordHash: string
let dana: PersonActor
let email: string

beforeAll(async () => {
  await testDatabase()
  passwordHash = await hashPassword(password)
})

beforeEach(async () => {
  browser.cookies.clear()
  browser.headers = new Headers({ 'next-action': 'an-id' })
  dana = await anActor('manager')
  email = await emailOf(dana)
})

async function emailOf({ userId }: PersonActor): Promise<string> {
  const user = await systemDb().user.update({ where: { id: userId }, data: { passwordHash }, select: { email: true } })
  return user.email
}

async function haveCookieOf(actor: PersonActor): Promise<void> {
  browser.cookies.set(sessionCookieName(), await encodeSession(actor))
}

function flowForm(name: string, pageFor?: PersonActor): FormData {
  const data = new FormData()
  data.set('name', name)
  data.set('description', '')
  if (pageFor) data.set(personField, personKey(pageFor))
  return data
}

const flowsOf = ({ workspaceId }: PersonActor) => systemDb().flow.count({ where: { workspaceId } })

describe('a session that has ended', () => {
  beforeEach(async () => {
    const ended = await aSession(dana, { endedAt: new Date() })
    browser.cookies.set(sessionCookieName(), await encodeSession(ended))
  })

  test('is a value for a script, so that the page stays, and nothing is done', async () => {
    const ended = { signedOut: { reason: 'ended' } }
    expect(await createFlowAction(idleForm, flowForm('Nightly', dana))).toEqual(ended)
    expect(await searchAction({ text: 'x' } as never, personKey(dana))).toEqual(ended)
    expect(await flowsOf(dana)).toBe(0)
  })

  test('leads to the log-in where a form is sent without script', async () => {
    browser.headers = new Headers()
    expect(await redirectOf(createFlowAction(idleForm, flowForm('Nightly', dana)))).toMatch(/^\/login/)
  })
})

describe('a session of somebody else in the same browser', () => {
  test('does not run the action: the page was opened for another person', async () => {
    const robin = await anActor('manager', dana.workspaceId, 'Robin')
    await haveCookieOf(robin)
    const person = { key: personKey(robin), name: 'Robin', email: await emailOf(robin) }
    const refused = { signedOut: { reason: 'someone_else', person } }
    expect(await createFlowAction(idleForm, flowForm('Nightly', dana))).toEqual(refused)
    expect(await flowsOf(dana)).toBe(0)
    expect(await redirectOf(createFlowAction(idleForm, flowForm('Nightly', robin)))).toMatch(/^\/flows\//)
  })

  test('in another workspace neither', async () => {
    await haveCookieOf(await anActor('manager'))
    expect(await createFlowAction(idleForm, flowForm('Nightly', dana))).toHaveProperty('signedOut')
  })
})

describe('signing in again over the page', () => {
  const again = (change: object = {}) =>
    signInAgainAction({ email, password, workspaceId: dana.workspaceId, ...change })

  test('opens a session in the workspace of the page, and says for whom it acts', async () => {
    const first = await aWorkspace()
    await systemDb().membership.create({
      data: { workspaceId: first.id, userId: dana.userId, role: 'administrator', createdAt: new Date(0) },
    })
    expect(await again()).toEqual({ ok: true, value: { key: personKey(dana), name: dana.label, email } })
    expect(await currentActor()).toMatchObject({ userId: dana.userId, workspaceId: dana.workspaceId })
  })

  test('ends the session that the browser had', async () => {
    const robin = await anActor('manager', dana.workspaceId)
    await haveCookieOf(robin)
    await again()
    expect(await findPerson(robin)).toBeNull()
  })

  test('refuses a wrong password, a person of another workspace, and input that is none', async () => {
    expect(await again({ password: 'wrong' })).toMatchObject({ ok: false, error: { code: 'not_signed_in' } })
    expect(await again({ workspaceId: (await aWorkspace()).id })).toMatchObject({
      ok: false,
      error: { code: 'not_allowed', message: expect.stringContaining('this workspace') },
    })
    expect(await again({ password: undefined })).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    expect(browser.cookies.has(sessionCookieName())).toBe(false)
  })

  test('counts its failures with those of the log-in', async () => {
    await again({ password: 'wrong' })
    const data = new FormData()
    data.set('email', email)
    data.set('password', 'wrong')
    await signInAction(idleForm, data)
    const { account } = countersOf({ email, address: null })
    expect(await systemDb().signInThrottle.findUnique({ where: { key: account } })).toMatchObject({ failures: 2 })
  })
})
