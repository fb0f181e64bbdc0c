import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectSandboxControl } from '@/tests/sandbox/control/remote'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'
import { obtainToken, refresh } from './minimal-client'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const counts = async () => (await sandbox.control.getTokenCalls()).counts

describe('token calls', () => {
  it('are counted by grant type and outcome', async () => {
    const { json } = await obtainToken(sandbox)
    await refresh(sandbox, 'basic', json.refresh_token)
    await refresh(sandbox, 'basic', json.refresh_token)
    const { calls } = await sandbox.control.getTokenCalls()
    expect(await counts()).toEqual({
      total: 3,
      authorization_code: 1,
      'authorization_code.succeeded': 1,
      refresh_token: 2,
      'refresh_token.succeeded': 1,
      'refresh_token.refused': 1,
    })
    expect(calls[2]).toMatchObject({ outcome: 'refused', error: 'invalid_grant', status: 400, delivered: true })
  })

  it('rotate nothing if the caller dies before the commit', async () => {
    const { json } = await obtainToken(sandbox)
    await sandbox.control.holdTokenCalls({ at: 'before_commit' })
    const death = new AbortController()
    const dying = refresh(sandbox, 'basic', json.refresh_token, death.signal).catch((error: Error) => error.name)
    await sandbox.control.waitForHeldTokenCalls({ count: 1 })
    death.abort()
    expect(await dying).toBe('AbortError')
    await sandbox.control.waitForHeldTokenCalls({ count: 0 })
    await sandbox.control.releaseTokenCalls()
    expect((await refresh(sandbox, 'basic', json.refresh_token)).status).toBe(200)
    expect(await counts()).toMatchObject({ 'refresh_token.abandoned': 1, 'refresh_token.succeeded': 1 })
  })

  it('have rotated if the caller dies after the commit', async () => {
    const { json } = await obtainToken(sandbox)
    await sandbox.control.holdTokenCalls({ at: 'after_commit' })
    const death = new AbortController()
    const dying = refresh(sandbox, 'basic', json.refresh_token, death.signal).catch((error: Error) => error.name)
    await sandbox.control.waitForHeldTokenCalls({ count: 1 })
    death.abort()
    expect(await dying).toBe('AbortError')
    await sandbox.control.releaseTokenCalls()
    expect((await refresh(sandbox, 'basic', json.refresh_token)).json.error).toBe('invalid_grant')
    expect((await sandbox.control.getTokenCalls()).calls[1]).toMatchObject({ outcome: 'succeeded', delivered: false })
  })

  it('are blocked until released, then get their response', async () => {
    const { json } = await obtainToken(sandbox)
    await sandbox.control.holdTokenCalls({ at: 'before_commit' })
    const blocked = refresh(sandbox, 'basic', json.refresh_token)
    await sandbox.control.waitForHeldTokenCalls({ count: 1 })
    await sandbox.control.releaseTokenCalls()
    expect((await blocked).status).toBe(200)
  })

  it.each(['beforeMs', 'afterMs'] as const)('are delayed by %s, as often as requested', async (when) => {
    const { json } = await obtainToken(sandbox, 'steady')
    await sandbox.control.setTokenDelay({ [when]: 300, times: 1 })
    const started = performance.now()
    await refresh(sandbox, 'steady', json.refresh_token)
    const delayed = performance.now() - started
    await refresh(sandbox, 'steady', json.refresh_token)
    expect(delayed).toBeGreaterThanOrEqual(295)
    expect(performance.now() - started - delayed).toBeLessThan(250)
  })
})

describe('token responses', () => {
  const refreshed = async (answer: Parameters<Sandbox['control']['answerToken']>[0]['answer']) => {
    const { json } = await obtainToken(sandbox, 'steady')
    await sandbox.control.answerToken({ answer, times: 1 })
    const wished = await refresh(sandbox, 'steady', json.refresh_token)
    expect((await refresh(sandbox, 'steady', json.refresh_token)).json.access_token).toEqual(expect.any(String))
    return wished
  }

  it('can be an OAuth error', async () => {
    expect(await refreshed({ kind: 'error', error: 'invalid_grant', description: 'gone' })).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant', error_description: 'gone' },
    })
  })

  it('can be nonsense, a page, or text from the test', async () => {
    expect((await refreshed({ kind: 'nonsense' })).text).toContain('not JSON')
    expect((await refreshed({ kind: 'html', status: 503 })).status).toBe(503)
    expect((await refreshed({ kind: 'literal', status: 202, contentType: 'text/plain', body: 'later' })).text).toBe(
      'later',
    )
  })

  it('can be form-encoded', async () => {
    const { contentType, text } = await refreshed({ kind: 'form' })
    expect(contentType).toBe('application/x-www-form-urlencoded')
    expect(new URLSearchParams(text).get('access_token')).toHaveLength(43)
  })

  it('can have missing or additional members, or be nested', async () => {
    expect((await refreshed({ kind: 'no_token' })).json).not.toHaveProperty('access_token')
    expect((await refreshed({ kind: 'no_expiry' })).json).not.toHaveProperty('expires_in')
    expect((await refreshed({ kind: 'no_refresh_token' })).json).not.toHaveProperty('refresh_token')
    expect((await refreshed({ kind: 'with', members: { shop: 'north' } })).json).toMatchObject({
      shop: 'north',
      token_type: 'Bearer',
    })
    expect((await refreshed({ kind: 'nested' })).json).toMatchObject({
      data: { credentials: { token: expect.any(String) } },
    })
  })

  it('can be too large to read', async () => {
    expect((await refreshed({ kind: 'huge' })).text.length).toBeGreaterThan(10 * 1024 * 1024)
  })

  it('can be interrupted', async () => {
    const { json } = await obtainToken(sandbox)
    await sandbox.control.answerToken({ answer: { kind: 'disconnect' } })
    await expect(refresh(sandbox, 'basic', json.refresh_token)).rejects.toThrow()
  })
})

describe('the control over HTTP', () => {
  it('does the same as the in-process control', async () => {
    const remote = connectSandboxControl(sandbox.url)
    await remote.setTokenLifetime({ seconds: 77 })
    expect((await obtainToken(sandbox)).json.expires_in).toBe(77)
    expect(await remote.getTokenCalls()).toEqual(await sandbox.control.getTokenCalls())
  })

  it('refuses a page of another site and an unknown command', async () => {
    const fromPage = await fetch(`${sandbox.url}/__control/reset`, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
    })
    expect(fromPage.status).toBe(403)
    expect((await fetch(`${sandbox.url}/__control/constructor`, { method: 'POST' })).status).toBe(404)
  })
})
