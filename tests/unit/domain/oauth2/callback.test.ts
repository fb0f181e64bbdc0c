import { describe, expect, it } from 'vitest'
import {
  callbackNames,
  judgeCallback,
  readCallback,
  stateCandidates,
  type CallbackInput,
  type PendingFacts,
} from '@/lib/domain/oauth2/callback'
import { anOAuthMethod, codeOf, refusalOf, valueOf } from '@/tests/support/definition-builders'

const now = new Date('2026-01-01T00:00:00Z')
const pending: PendingFacts = {
  ...{
    state: 'live',
    expiresAt: new Date(now.getTime() + 1),
    userId: 'dana',
    browserHash: 'browser',
    methodRevision: 1,
    instanceRevision: 4,
    issuer: null,
  },
}

function judge(
  query: string,
  given: Partial<PendingFacts> | null = {},
  others: Partial<CallbackInput> & { options?: object } = {},
) {
  const { options, ...rest } = others
  return judgeCallback({
    callback: readCallback(new URLSearchParams(query)),
    pending: given === null ? null : { ...pending, ...given },
    ...{ now, userId: 'dana', browserHash: 'browser', method: anOAuthMethod(options), instanceRevision: 4 },
    serverOrigins: ['https://login.acme.test', 'https://token.acme.test'],
    ...rest,
  })
}

describe('A callback', () => {
  it('with a valid state and a code is accepted', () => {
    expect(valueOf(judge('state=s&code=c%2F1'))).toEqual({ code: 'c/1', values: {} })
  })

  it('returns the parameters that the method stores', () => {
    const options = {
      keptFromCallback: [
        { variable: 'realm_id', parameter: 'realmId' },
        { variable: 'none', parameter: 'missing' },
      ],
    }
    expect(valueOf(judge('state=s&code=c&realmId=42', {}, { options })).values).toEqual({ realm_id: '42' })
  })
})

describe('The state is checked first (PRODUCT: OAuth 2 journey, step 3)', () => {
  it.each([
    ['that is missing', 'code=c', {}, 'state_unknown'],
    ['that is unknown', 'state=s&code=c', null, 'state_unknown'],
    ['that is a duplicate', 'state=s&state=t&code=c', {}, 'state_unknown'],
    ['of another person', 'state=s&code=c', { userId: 'eve' }, 'state_foreign'],
    ['of another browser', 'state=s&code=c', { browserHash: 'other' }, 'state_foreign'],
    ['that was used', 'state=s&code=c', { state: 'consumed' as const }, 'state_used'],
    ['that a newer one superseded', 'state=s&code=c', { state: 'superseded' as const }, 'state_superseded'],
    ['that has expired', 'state=s&code=c', { expiresAt: now }, 'state_expired'],
  ])('a state %s is refused', (_name, query, given, code) => {
    expect(codeOf(judge(query, given))).toBe(code)
    expect(codeOf(judge(`${query}&error=access_denied&iss=https://evil.test`, given))).toBe(code)
  })

  it('a browser without the cookie is refused', () => {
    expect(codeOf(judge('state=s&code=c', {}, { browserHash: null }))).toBe('state_foreign')
  })

  it('does not reveal to another person whether it was used or has expired', () => {
    for (const given of [{ state: 'consumed' as const }, { expiresAt: now }])
      expect(codeOf(judge('state=s&code=c', { ...given, userId: 'eve' }))).toBe('state_foreign')
  })
})

describe('Then duplicate parameters are refused (RFC 6749 §3.1)', () => {
  it.each([
    ['the code', 'code=a&code=b'],
    ['the code, with equal values', 'code=c&code=c'],
    ['the issuer', 'code=c&iss=https://login.acme.test&iss=https://evil.test'],
    ['the error', 'code=c&error=access_denied&error=invalid_scope'],
    ['the error, empty', 'code=c&error=&error='],
    ['an unexpected parameter', 'code=c&shop=a&shop=b'],
  ])('%s', (_name, query) => {
    expect(codeOf(judge(`state=s&${query}`))).toBe('parameter_repeated')
  })

  it('names the parameter, shortened and without control characters', () => {
    const name = `a%0d${'x'.repeat(1_000)}`
    expect(refusalOf(judge(`state=s&code=c&${name}=1&${name}=2`)).message).toMatch(/^[^\u0000-\u001f]{1,420}$/)
    expect(refusalOf(judge('state=s&code=c&code=d')).message).toContain('“code”')
  })
})

// Shows C34, D12.
describe('Then the issuer is checked (RFC 9207, DATA §8)', () => {
  const issuer = 'https://login.acme.test'

  it('an issuer must match exactly', () => {
    expect(judge(`state=s&code=c&iss=${issuer}`, { issuer }).ok).toBe(true)
    for (const other of ['https://evil.test', `${issuer}/`, 'https://LOGIN.acme.test', 'x']) {
      expect(codeOf(judge(`state=s&code=c&iss=${other}`, { issuer }))).toBe('issuer_mismatch')
      expect(codeOf(judge(`state=s&code=c&iss=${other}`, {}, { options: { issuer } }))).toBe('issuer_mismatch')
    }
  })

  it('an issuer must be one of the method’s servers if the method names none', () => {
    expect(judge('state=s&code=c&iss=https://login.acme.test/tenant').ok).toBe(true)
    for (const other of ['https://evil.test', 'x', 'https://login.acme.test.evil.test'])
      expect(codeOf(judge(`state=s&code=c&iss=${other}`))).toBe('issuer_mismatch')
  })

  it('a missing issuer is refused only if the server advertises it', () => {
    expect(codeOf(judge('state=s&code=c', { issuer }, { options: { issuerAdvertised: true } }))).toBe('issuer_mismatch')
    expect(judge('state=s&code=c', { issuer }).ok).toBe(true)
  })

  it('is checked before the error and the code', () => {
    expect(codeOf(judge('state=s&error=access_denied&iss=https://evil.test'))).toBe('issuer_mismatch')
  })
})

describe('Then errors are handled', () => {
  it('access was denied', () => {
    const refusal = refusalOf(judge('state=s&error=access_denied&error_description=The+person+said+no'))
    expect(refusal.code).toBe('authorisation_denied')
    expect(refusal.message).toContain('The person said no')
  })

  it('any other error is quoted, shortened and without control characters', () => {
    const refusal = refusalOf(judge(`state=s&error=invalid_scope&error_description=a%0d%0ab${'x'.repeat(1_000)}`))
    expect(refusal.code).toBe('token_refused')
    expect(refusal.message).toMatch(/^[^\u0000-\u001f]{1,420}$/)
  })

  it('an error has priority over a code', () => {
    expect(codeOf(judge('state=s&error=access_denied&code=c'))).toBe('authorisation_denied')
  })

  it('a missing code is refused', () => {
    for (const query of ['state=s', 'state=s&code=']) expect(codeOf(judge(query))).toBe('code_missing')
  })
})

describe('Changes since the start', () => {
  it('a changed method is refused, because the state is bound to its version', () => {
    expect(codeOf(judge('state=s&code=c', { methodRevision: 2 }))).toBe('method_changed')
  })

  it('a changed instance is a conflict', () => {
    expect(codeOf(judge('state=s&code=c', {}, { instanceRevision: 5 }))).toBe('changed_by_someone_else')
  })
})

// Shows C32.
describe('A vendor’s own parameter names', () => {
  const names = (parameterNames: { standard: string; sent: string }[]) =>
    callbackNames(anOAuthMethod({ parameterNames }))
  const state = 'abcdefghijklmnopqrstuvwxyz'

  it.each(['auth_code', 'spapi_oauth_code', 'installation_id'])('the code can be called %s', (sent) => {
    const read = readCallback(new URLSearchParams(`state=s&code=other&${sent}=42`), names([{ standard: 'code', sent }]))
    expect(read.code).toBe('42')
    expect(readCallback(new URLSearchParams('state=s&code=c'), names([{ standard: 'code', sent }])).code).toBeNull()
  })

  it('a missing code is accepted if the vendor never sends one', () => {
    const callback = readCallback(
      new URLSearchParams('state=s&installation_id=42'),
      names([{ standard: 'code', sent: '' }]),
    )
    const options = { keptFromCallback: [{ variable: 'installation_id', parameter: 'installation_id' }] }
    expect(valueOf(judge('', {}, { callback, options }))).toEqual({ code: '', values: { installation_id: '42' } })
  })

  it('the state can have another name, and is found under any name', () => {
    const search = new URLSearchParams(`passback=${state}&code=c&hint=x`)
    expect(stateCandidates(search)).toEqual([{ name: 'passback', value: state }])
    const read = readCallback(search, names([{ standard: 'state', sent: 'passback' }]), 'passback')
    expect(read.state).toBe(state)
  })

  it('a state under a name that the method does not use is ignored', () => {
    const search = new URLSearchParams(`state=anything&evil=${state}&code=c`)
    expect(readCallback(search, names([]), 'evil').state).toBeNull()
    expect(codeOf(judge('', {}, { callback: readCallback(search, names([]), 'evil') }))).toBe('state_unknown')
  })

  it('at most ten candidates are looked up, the usual name first, without duplicate parameters', () => {
    const many = Array.from({ length: 30 }, (_, index) => `p${index}=${state}${index}`).join('&')
    const found = stateCandidates(new URLSearchParams(`${many}&state=s&twice=${state}&twice=${state}`))
    expect(found).toHaveLength(10)
    expect(found[0]).toEqual({ name: 'state', value: 's' })
    expect(found.map(({ name }) => name)).not.toContain('twice')
  })
})
