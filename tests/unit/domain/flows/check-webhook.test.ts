import { createHmac } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { base64, utf8 } from '@/lib/domain/encoding'
import { checkWebhook } from '@/lib/domain/flows/webhook/check-webhook'
import { sameBytes } from '@/lib/domain/flows/webhook/same-bytes'
import { checkWebhookSecurity, type WebhookSecurity } from '@/lib/domain/flows/webhook/webhook-settings'
import { refusalOf } from '@/tests/support/definition-builders'

const body = utf8('{"test": 2432232314}')
const now = new Date(1_614_265_330_000)
const signed = (secret: string | Buffer, text: string | Uint8Array, encoding: 'hex' | 'base64') =>
  createHmac('sha256', secret).update(text).digest(encoding)

describe('A webhook by the Standard Webhooks specification', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  // From the specification's own tests.
  const headers: Record<string, string> = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  const check = (given: Record<string, string | undefined> = {}, at = now, content = body, key = secret) => {
    const sent = Object.entries({ ...headers, ...given }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toUpperCase(), value] as const],
    )
    return checkWebhook({ headers: sent, body: content }, { kind: 'standard' }, key, at)
  }
  const reason = (...given: Parameters<typeof check>) => {
    const decision = check(...given)
    return decision.accepted ? null : decision.reason
  }

  it('is accepted with its ID, which has to be known until its time is over', () => {
    expect(check()).toEqual({
      ...{ accepted: true, replayId: 'msg_p5jXN8AQM9LWM0D4loKWxJek', replayUntil: new Date(1_614_265_630_000) },
    })
  })

  it('is accepted with one right signature of several, while the secret is being replaced', () => {
    const right = headers['webhook-signature']!
    expect(reason({ 'webhook-signature': `v1,${base64('x'.repeat(32))} v1a,abc ${right}` })).toBeNull()
    expect(reason({ 'webhook-signature': `${'v1,AAAA '.repeat(10)}${right}` })).toBe('signature_wrong')
  })

  test.each<[string, Record<string, string | undefined>]>([
    ['another ID', { 'webhook-id': 'msg_other' }],
    ['another time', { 'webhook-timestamp': '1614265331' }],
    ['another version', { 'webhook-signature': headers['webhook-signature']!.replace('v1,', 'v2,') }],
    ['a shorter signature', { 'webhook-signature': 'v1,g0hM9SsE' }],
    ['an empty signature', { 'webhook-signature': 'v1,' }],
    ['no Base64', { 'webhook-signature': 'v1,%%%' }],
  ])('is refused with %s', (_what, given) => {
    expect(reason(given)).toBe('signature_wrong')
  })

  it('is refused with another body or secret', () => {
    expect(reason({}, now, utf8('{"test": 2432232315}'))).toBe('signature_wrong')
    expect(reason({}, now, body, 'whsec_AAAA')).toBe('signature_wrong')
    for (const key of ['', 'whsec_', 'whsec_%%']) expect(reason({}, now, body, key)).toBe('signature_wrong')
  })

  it('is refused without its headers, or with one of them twice', () => {
    expect(reason({ 'webhook-signature': undefined })).toBe('signature_missing')
    expect(reason({ 'webhook-id': undefined })).toBe('id_missing')
    expect(reason({ 'webhook-id': 'x'.repeat(257) })).toBe('id_missing')
    expect(reason({ 'webhook-timestamp': undefined })).toBe('time_missing')
    expect(reason({ 'webhook-timestamp': '1e9' })).toBe('time_missing')
    const twice = Object.entries({ ...headers }).concat([['Webhook-Id', 'second']])
    expect(checkWebhook({ headers: twice, body }, { kind: 'standard' }, secret, now)).toEqual({
      ...{ accepted: false, reason: 'id_missing' },
    })
  })

  it('is refused five minutes before and after its time', () => {
    const at = (seconds: number) => reason({}, new Date(now.getTime() + seconds * 1_000))
    expect([at(300), at(-300)]).toEqual([null, null])
    expect([at(301), at(-301)]).toEqual(['too_old', 'too_early'])
  })
})

describe('A webhook with an HMAC in a header', () => {
  const security = (given = {}): WebhookSecurity => ({
    ...{ kind: 'hmac', header: 'X-Signature', encoding: 'hex', prefix: '', idHeader: '' },
    ...given,
  })
  const check = (headers: [string, string][], given = {}, secret = 'key') => {
    const decision = checkWebhook({ headers, body }, security(given), secret, now)
    return decision.accepted ? `accepted ${decision.replayId}` : decision.reason
  }
  const hex = signed('key', body, 'hex')

  it('is accepted in hex or Base64, with a prefix', () => {
    expect(check([['x-signature', hex]])).toBe('accepted null')
    expect(check([['x-signature', hex.toUpperCase()]])).toBe('accepted null')
    expect(check([['X-Signature', signed('key', body, 'base64')]], { encoding: 'base64' })).toBe('accepted null')
    expect(
      check([['x-hub-signature-256', `sha256=${hex}`]], { header: 'X-Hub-Signature-256', prefix: 'sha256=' }),
    ).toBe('accepted null')
  })

  it('has the ID that its sender gives it', () => {
    const given = { idHeader: 'X-Delivery' }
    expect(
      check(
        [
          ['x-signature', hex],
          ['x-delivery', 'd1'],
        ],
        given,
      ),
    ).toBe('accepted d1')
    expect(check([['x-signature', hex]], given)).toBe('id_missing')
    expect(
      check(
        [
          ['x-signature', hex],
          ['x-delivery', 'x'.repeat(257)],
        ],
        given,
      ),
    ).toBe('id_missing')
  })

  test.each<[string, string, object, string]>([
    ['another secret', signed('other', body, 'hex'), {}, 'signature_wrong'],
    ['an empty signature', '', {}, 'signature_missing'],
    ['half of it', hex.slice(0, 32), {}, 'signature_wrong'],
    ['more than it', `${hex}00`, {}, 'signature_wrong'],
    ['no hex', 'zz', {}, 'signature_wrong'],
    ['no prefix', hex, { prefix: 'sha256=' }, 'signature_wrong'],
    ['another prefix', `sha1=${hex}`, { prefix: 'sha256=' }, 'signature_wrong'],
    ['another encoding', hex, { encoding: 'base64' }, 'signature_wrong'],
    ['a signature without end', '0'.repeat(1_000_000), {}, 'signature_wrong'],
  ])('is refused with %s', (_what, signature, given, reason) => {
    expect(check([['x-signature', signature]], given)).toBe(reason)
  })

  it('is refused without a secret, and with two signatures', () => {
    expect(check([['x-signature', signed('', body, 'hex')]], {}, '')).toBe('signature_wrong')
    expect(
      check([
        ['x-signature', hex],
        ['X-Signature', hex],
      ]),
    ).toBe('signature_missing')
    expect(check([])).toBe('signature_missing')
  })
})

describe('A webhook with Basic authentication', () => {
  const check = (header: string | null, password = 'pass:wörd') => {
    const headers: [string, string][] = header === null ? [] : [['authorization', header]]
    const decision = checkWebhook({ headers, body }, { kind: 'basic', username: 'sender' }, password, now)
    return decision.accepted ? 'accepted' : decision.reason
  }

  it('is accepted with user name and password', () => {
    expect(check(`Basic ${base64('sender:pass:wörd')}`)).toBe('accepted')
    expect(check(`basic  ${base64('sender:pass:wörd')}`)).toBe('accepted')
  })

  it.each([
    [null, 'credentials_missing'],
    ['', 'credentials_missing'],
    ['Bearer abc', 'credentials_missing'],
    ['Basic %%%', 'credentials_missing'],
    [`Basic ${base64('sender:')}`, 'credentials_wrong'],
    [`Basic ${base64('sender')}`, 'credentials_wrong'],
    [`Basic ${base64('Sender:pass:wörd')}`, 'credentials_wrong'],
    [`Basic ${base64('sender:pass:wörd ')}`, 'credentials_wrong'],
  ])('is refused with %j', (header, reason) => {
    expect(check(header)).toBe(reason)
  })

  it('is refused if no password is set', () => {
    expect(check(`Basic ${base64('sender:')}`, '')).toBe('credentials_wrong')
  })
})

it('A webhook without security is accepted by its URL', () => {
  expect(checkWebhook({ headers: [], body }, { kind: 'none' }, '', now)).toEqual({
    ...{ accepted: true, replayId: null, replayUntil: null },
  })
})

it('Bytes are compared as a whole', () => {
  expect(sameBytes(utf8('abc'), utf8('abc'))).toBe(true)
  for (const other of ['abd', 'xbc', 'ab', 'abcd', '']) expect(sameBytes(utf8('abc'), utf8(other))).toBe(false)
})

describe('The settings of a webhook', () => {
  test.each<[WebhookSecurity, string, string | null]>([
    [{ kind: 'none' }, '', null],
    [{ kind: 'standard' }, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', null],
    [{ kind: 'standard' }, 'whsec_%', 'secret'],
    [{ kind: 'standard' }, '', 'secret'],
    [{ kind: 'basic', username: 'a' }, 'b', null],
    [{ kind: 'basic', username: 'a:b' }, 'b', 'username'],
    [{ kind: 'basic', username: '' }, 'b', 'username'],
    [{ kind: 'hmac', header: 'X-Sig', encoding: 'hex', prefix: '', idHeader: '' }, 'k', null],
    [{ kind: 'hmac', header: 'X Sig', encoding: 'hex', prefix: '', idHeader: '' }, 'k', 'header'],
    [{ kind: 'hmac', header: 'X-Sig', encoding: 'hex', prefix: '', idHeader: 'a b' }, 'k', 'idHeader'],
  ])('%j', (security, secret, field) => {
    const checked = checkWebhookSecurity(security, secret)
    if (field === null) expect(checked.ok).toBe(true)
    else expect(refusalOf(checked).field).toBe(field)
  })
})
