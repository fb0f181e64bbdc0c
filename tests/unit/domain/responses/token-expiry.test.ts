import { describe, expect, it } from 'vitest'
import { checkDatePattern, readDate } from '@/lib/domain/dates/date-pattern'
import { earliest, lifetimeFrom, readExpiry } from '@/lib/domain/responses/token-expiry'
import type { ExpiryUnit } from '@/lib/domain/responses/token-expiry'
import { codeOf } from '@/tests/support/definition-builders'

const now = new Date('2026-01-01T00:00:00Z')

function expiry(unit: ExpiryUnit, value: unknown, { pattern = '', token = '' } = {}): string | null {
  return readExpiry(value, { expiryUnit: unit, expiryPattern: pattern }, token, now)?.toISOString() ?? null
}

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part(claims)}.c2ln`
}

describe('An invalid or missing expiry is null', () => {
  it.each<[ExpiryUnit, unknown]>([
    ['seconds', ''],
    ['seconds', 'soon'],
    ['seconds', '-5'],
    ['seconds', '1e9'],
    ['seconds', ' '],
    ['seconds', {}],
    ['seconds', null],
    ['seconds', '0x10'],
    ['minutes', 0],
    ['duration', '90'],
    ['duration', '1:2'],
    ['duration', '1:61:00'],
    ['duration', '0:00:00'],
    ['duration', '-1:00:00'],
    ['duration', 'P'],
    ['duration', 'P1Y'],
    ['epoch_seconds', 3600],
    ['epoch_milliseconds', 1767229200],
    ['iso', '2025-12-31T23:59:59Z'],
    ['iso', '2026-13-01T00:00:00Z'],
    ['iso', '2026-02-01T25:00:00Z'],
    ['iso', 'tomorrow'],
    ['iso', '2027'],
    ['iso', 'Jan 5, 2027'],
    ['pattern', '2026-02-01 00:00:00'],
    ['jwt', '3600'],
  ])('in %s: %j', (unit, value) => {
    expect(expiry(unit, value)).toBeNull()
  })

  it.each(['', 'no.jwt', 'a.b.c', jwt({}), jwt({ exp: 'soon' }), jwt({ exp: 1 })])(
    'in a token without a valid exp: %s',
    (token) => {
      expect(expiry('jwt', undefined, { token })).toBeNull()
    },
  )
})

describe('The expiry of a token', () => {
  it.each<[ExpiryUnit, unknown, string]>([
    ['seconds', 90, '2026-01-01T00:01:30.000Z'],
    ['seconds', ' 90 ', '2026-01-01T00:01:30.000Z'],
    ['seconds', '3599.5', '2026-01-01T00:59:59.500Z'],
    ['milliseconds', 1500, '2026-01-01T00:00:01.500Z'],
    ['minutes', '30', '2026-01-01T00:30:00.000Z'],
    ['duration', '1:02:03', '2026-01-01T01:02:03.000Z'],
    ['duration', '177:05:38', '2026-01-08T09:05:38.000Z'],
    ['duration', '01:00:00.0000000', '2026-01-01T01:00:00.000Z'],
    ['duration', '1.00:00:00', '2026-01-02T00:00:00.000Z'],
    ['duration', 'PT1H30M', '2026-01-01T01:30:00.000Z'],
    ['duration', 'P1D', '2026-01-02T00:00:00.000Z'],
    ['epoch_seconds', '1767229200', '2026-01-01T01:00:00.000Z'],
    ['epoch_seconds', 1767229200.25, '2026-01-01T01:00:00.250Z'],
    ['epoch_milliseconds', 1767229200000, '2026-01-01T01:00:00.000Z'],
    ['iso', '2026-01-01T02:00:00+01:00', '2026-01-01T01:00:00.000Z'],
    ['iso', '2026-01-01T02:00:00.5+0100', '2026-01-01T01:00:00.500Z'],
    ['iso', '2026-01-01 01:00:00', '2026-01-01T01:00:00.000Z'],
    ['iso', '2026-01-01T01:00:00.1234567Z', '2026-01-01T01:00:00.123Z'],
    ['iso', '2026-01-01T01:00', '2026-01-01T01:00:00.000Z'],
    ['iso', '2026-01-01T01:00:00 +00', '2026-01-01T01:00:00.000Z'],
    ['iso', '2026-01-02', '2026-01-02T00:00:00.000Z'],
    ['iso', 'Thu, 01 Jan 2026 01:00:00 GMT', '2026-01-01T01:00:00.000Z'],
  ])('in %s: %j is %s', (unit, value, expected) => {
    expect(expiry(unit, value)).toBe(expected)
  })

  it('is the exp of a JWT (RFC 7519 §4.1.4)', () => {
    expect(expiry('jwt', undefined, { token: jwt({ exp: 1767229200 }) })).toBe('2026-01-01T01:00:00.000Z')
  })

  it('is at most a hundred years ahead', () => {
    for (const unit of ['seconds', 'minutes', 'epoch_seconds', 'epoch_milliseconds'] as const) {
      expect(expiry(unit, '9'.repeat(40))).toBe('2125-12-08T00:00:00.000Z')
    }
    expect(lifetimeFrom(now, 9e15)).toBeInstanceOf(Date)
    expect(lifetimeFrom(now, null)).toBeNull()
  })

  it('is that of the token that expires first', () => {
    expect(earliest([null, new Date(2), null, new Date(1)])).toEqual(new Date(1))
    expect(earliest([null])).toBeNull()
    expect(earliest([])).toBeNull()
  })
})

describe('A date pattern', () => {
  it.each([
    ...[
      '',
      'YYYY',
      'HH:mm',
      'YYYY-MM',
      'yyyy-mm-dd',
      'YYYY-MM-DD hh:mm',
      'YYYY-MM-DD HH:mm A',
      'YYYY-MM-DD HH:mm:ss foo',
    ],
    ...['YYYY-YYYY-MM-DD', 'YYYY-MM-MMM-DD', '%Y-%m-%d', 'x'.repeat(65), '(a+)+$', 'YYYY-MM-DD[HH'],
  ])('is refused: %s', (pattern) => {
    expect(codeOf(checkDatePattern(pattern))).toBe('invalid_input')
    expect(readDate('2026-01-01', pattern)).toBeNull()
  })

  it.each([
    ['YYYY-MM-DD HH:mm:ss', '2026-01-02 03:04:05', '2026-01-02T03:04:05.000Z'],
    ['yyyy-MM-dd HH:mm:ss', '2026-01-02 03:04:05', '2026-01-02T03:04:05.000Z'],
    ['YYYY-MM-DDTHH:mm:ss.SSSZ', '2026-01-02T03:04:05.678+0130', '2026-01-02T01:34:05.678Z'],
    ['YYYY-MM-DD[T]HH:mm:ss[Z]', '2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ["yyyy-MM-dd'T'HH:mm:ssZ", '2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ['DD.MM.YYYY', '02.01.2026', '2026-01-02T00:00:00.000Z'],
    ['M/D/YYYY h:mm:ss A', '1/2/2026 12:04:05 AM', '2026-01-02T00:04:05.000Z'],
    ['MM/DD/YYYY hh:mm a', '01/02/2026 03:04 pm', '2026-01-02T15:04:00.000Z'],
    ['ddd, DD MMM YYYY HH:mm:ss [GMT]', 'Fri, 02 Jan 2026 03:04:05 GMT', '2026-01-02T03:04:05.000Z'],
    ['YYYYMMDDHHmmss', '20260102030405', '2026-01-02T03:04:05.000Z'],
    ['YYYY-MM-DD', '2028-02-29', '2028-02-29T00:00:00.000Z'],
  ])('%s reads %s', (pattern, text, expected) => {
    const time = readDate(text, pattern)
    expect(time === null ? null : new Date(time).toISOString()).toBe(expected)
  })

  it.each([
    ['YYYY-MM-DD', '2026-02-29'],
    ['YYYY-MM-DD', '2026-00-10'],
    ['YYYY-MM-DD', '2026-13-10'],
    ['YYYY-MM-DD', '2026-01-01 00:00'],
    ['YYYY-MM-DD', '2026-1-1'],
    ['YYYY-MM-DD HH:mm', '2026-01-01 24:00'],
    ['YYYY-MM-DD HH:mm', '2026-01-01 23:60'],
    ['YYYY-MM-DD hh:mm A', '2026-01-01 13:00 PM'],
    ['DD MMM YYYY', '01 Foo 2026'],
    ['YYYY-MM-DD', '2'.repeat(10_000)],
  ])('%s does not read %s', (pattern, text) => {
    expect(readDate(text, pattern)).toBeNull()
  })
})
