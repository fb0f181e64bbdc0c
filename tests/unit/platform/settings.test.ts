import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readSettings, type SettingProblem } from '@/lib/platform/settings'
import { settingRows } from '@/tests/support/wrong-settings'
import { testEncryptionKeys, testSessionSecret } from '@/tests/support/test-secrets'

const namedInExample = [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z_]+)=(.*)$/gm)]
const rows = Object.entries(settingRows).flatMap(([name, row]) =>
  'readBy' in row
    ? []
    : row.wrong.map(({ value, says }) => ({
        name,
        value,
        says,
        beside: row.beside ?? {},
        secret: row.secret ?? false,
      })),
)
const problemsOf = (environment: Record<string, string>): SettingProblem[] => {
  const result = readSettings(environment)
  return result.ok ? [] : result.problems
}
const secrets = { PATCHBAY_ENCRYPTION_KEYS: testEncryptionKeys, PATCHBAY_SESSION_SECRET: testSessionSecret }

test('every variable in .env.example has rows of wrong values', () => {
  expect(Object.keys(settingRows).sort()).toEqual(namedInExample.map(([, name]) => name).sort())
})

test.each(rows)('$name=$value is wrong', ({ name, value, says, beside, secret }) => {
  const problems = problemsOf({ ...beside, [name]: value })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ name, message: expect.stringMatching(says) })
  expect(problems[0]!.example).toMatch(new RegExp(`^${name}=.`))
  if (secret) expect(problems[0]!.message).not.toContain(value)
  expect(JSON.stringify(problems)).not.toContain('hush')
})

test('all wrong settings are reported together', () => {
  const first = Object.entries(settingRows).flatMap(([name, row]) =>
    'readBy' in row ? [] : [[name, row.wrong[0].value]],
  )
  const names = problemsOf(Object.fromEntries(first) as Record<string, string>).map(({ name }) => name)
  // The folder of the built-in database is not used with an external database.
  expect(names.sort()).toEqual(
    first
      .map(([name]) => name)
      .filter((name) => name !== 'PATCHBAY_DATA_DIR')
      .sort(),
  )
})

test('every wrong entry of a list is reported', () => {
  const messages = problemsOf({ PATCHBAY_OUTBOUND_ALLOW: '10.0.0.0/99,10.0.0.0/8,nonsense' }).map(
    ({ message }) => message,
  )
  expect(messages).toEqual([expect.stringContaining('"10.0.0.0/99"'), expect.stringContaining('"nonsense"')])
})

test('long values are shortened, and control characters are removed', () => {
  const [problem] = problemsOf({ PATCHBAY_LOG_LEVEL: `\u001b[31m${'x'.repeat(500)}` })
  expect(problem!.message.length).toBeLessThan(250)
  expect(problem!.message).not.toContain('\u001b')
})

describe('Accepted:', () => {
  test('no settings at all: a built-in database, on port 3000', () => {
    expect(readSettings({})).toMatchObject({ ok: true, settings: { PORT: 3000 } })
    expect(readSettings({})).not.toHaveProperty('settings.DATABASE_URL')
  })

  test('an empty variable, which counts as not set', () => {
    const empty = Object.fromEntries(namedInExample.map(([, name]) => [name, '']))
    expect(readSettings(empty)).toEqual(readSettings({}))
  })

  test('every example in .env.example and in the messages', () => {
    const given = namedInExample.filter(([, , value]) => value !== '').map(([, name, value]) => [name, value])
    expect(problemsOf({ ...secrets, ...(Object.fromEntries(given) as Record<string, string>) })).toEqual([])
    for (const { name, value, beside, secret } of rows.filter(({ name }) => !(name in secrets))) {
      const [problem] = problemsOf({ ...beside, [name]: value })
      expect({ secret, problems: problemsOf({ ...beside, [name]: problem!.example.slice(name.length + 1) }) }).toEqual({
        secret,
        problems: [],
      })
    }
  })

  test.each([
    'postgres://host/database',
    'postgresql://user:p%40ss@host:5432/database?sslmode=require',
    'postgres://user@/database?host=/var/run/postgresql',
    'postgres:///database?host=/var/run/postgresql',
    'postgres://user:pass%word@[::1]:5432/database',
  ])('the database %s', (url) => {
    expect(problemsOf({ ...secrets, DATABASE_URL: url })).toEqual([])
  })

  test.each([
    'http://localhost:3000',
    'https://patchbay.example.com/',
    'HTTPS://Patchbay.example.com',
    'http://[::1]:80',
  ])('the address %s', (url) => {
    expect(problemsOf({ APP_URL: url, PATCHBAY_PUBLIC_URLS: url })).toEqual([])
  })

  test.each(Object.entries(settingRows).filter(([, row]) => 'readBy' in row))('any value of %s', (name) => {
    expect(problemsOf({ [name]: 'nonsense' })).toEqual([])
  })
})

test('an external database needs both secrets', () => {
  const problems = problemsOf({ DATABASE_URL: 'postgres://host/database' })
  expect(problems.map(({ name }) => name)).toEqual(['PATCHBAY_ENCRYPTION_KEYS', 'PATCHBAY_SESSION_SECRET'])
  for (const { message } of problems) expect(message).toMatch(/is missing.*DATABASE_URL/)
})
