import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { PersonActor } from '@/lib/domain/access/actor'
import { idleForm } from '@/lib/platform/forms/form-state'
import { signInAction, signOutAction } from '@/lib/platform/session/actions'
import { currentActor, requireActor } from '@/lib/platform/session/actor'
import { encodeSession, sessionCookieName } from '@/lib/platform/session/cookie'
import { hashPassword } from '@/lib/platform/session/password'
import { requestedPathHeader } from '@/lib/platform/session/requested-path'
import { aUser, aWorkspace, anActor } from '../../../support/builders'
import { testDatabase } from '../../../support/database'
import { browser, redirectOf } from '../../../support/request-scope'

vi.mock('next/headers', async () => (await import('../../../support/request-scope')).nextHeaders)
vi.mock('next/navigation', async () => (await import('../../../support/request-scope')).nextNavigation)

let dana: PersonActor
let email: string
const password = 'correct-horse-battery'

beforeAll(async () => {
  await testDatabase()
})
beforeEach(async () => {
  browser.cookies.clear()
  browser.headers = new Headers()
  dana = await anActor('manager')
  const user = await systemDb().user.update({
    where: { id: dana.userId },
    data: { passwordHash: await hashPassword(password) },
    select: { email: true },
  })
  email = user.email
})

function signIn(values: Record<string, string>) {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.set(name, value)
  return signInAction(idleForm, data)
}

const membershipOf = (actor: PersonActor) => ({
  workspaceId_userId: { workspaceId: actor.workspaceId, userId: actor.userId },
})

describe('signing in', () => {
  it('leads to the requested page, and the session is that of the person', async () => {
    expect(await redirectOf(signIn({ email: email.toUpperCase(), password, returnTo: '/flows?q=a' }))).toBe(
      '/flows?q=a',
    )
    expect(await currentActor()).toEqual({ ...dana, sessionId: expect.any(String), address: null })
  })

  it('never leads to another site', async () => {
    expect(await redirectOf(signIn({ email, password, returnTo: '//evil.example' }))).toBe('/connectors')
  })

  it('gives the same message for a wrong password and an unknown e-mail, and never echoes the password', async () => {
    const wrong = await signIn({ email, password: 'planted-secret' })
    const unknown = await signIn({ email: 'nobody@example.com', password: 'planted-secret' })
    expect(wrong).toMatchObject({ status: 'invalid', values: { email } })
    expect({ ...wrong, values: {} }).toEqual({ ...unknown, values: {} })
    expect(JSON.stringify([wrong, unknown])).not.toContain('planted-secret')
    expect(browser.cookies.size).toBe(0)
  })

  it('a person without a workspace gets a message about it, but only after the correct password', async () => {
    const user = await aUser({ passwordHash: await hashPassword(password) })
    expect(await signIn({ email: user.email, password })).toMatchObject({
      message: expect.stringContaining('not a member'),
    })
    expect(await signIn({ email: user.email, password: 'wrong' })).toMatchObject({
      message: expect.stringContaining('Incorrect email or password'),
    })
  })
})

describe('a session', () => {
  beforeEach(async () => {
    await redirectOf(signIn({ email, password }))
  })

  it('has the current role', async () => {
    await systemDb().membership.update({ where: membershipOf(dana), data: { role: 'read_only' } })
    expect((await currentActor())?.role).toBe('read_only')
  })

  it('ends when the person leaves the workspace', async () => {
    await systemDb().membership.delete({ where: membershipOf(dana) })
    expect(await currentActor()).toBeNull()
  })

  it('for a workspace that the person does not belong to is invalid', async () => {
    const other = await aWorkspace()
    browser.cookies.set(sessionCookieName(), await encodeSession({ ...dana, workspaceId: other.id }))
    expect(await currentActor()).toBeNull()
  })

  it('ends when signing out', async () => {
    expect(await redirectOf(signOutAction())).toBe('/login')
    expect(await currentActor()).toBeNull()
  })

  it.each(['', 'nonsense', 'a.b.c.d.e'])('a forged cookie is invalid: %s', async (value) => {
    browser.cookies.set(sessionCookieName(), value)
    expect(await currentActor()).toBeNull()
  })
})

describe('a page without a session', () => {
  it('leads to the log-in and back', async () => {
    browser.headers.set(requestedPathHeader, '/flows/1?shape=2')
    expect(await redirectOf(requireActor())).toBe('/login?returnTo=%2Fflows%2F1%3Fshape%3D2')
    browser.headers.set(requestedPathHeader, '/')
    expect(await redirectOf(requireActor())).toBe('/login')
  })

  it('leads to the set-up until the first person exists', async () => {
    await systemDb().membership.deleteMany()
    await systemDb().user.deleteMany()
    expect(await redirectOf(requireActor())).toBe('/setup')
  })
})
