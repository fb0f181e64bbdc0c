import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
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
    // Their example names a file of another machine.
    const isFile = (name: string) => name.endsWith('_FILE')
    for (const { name, value, beside, secret } of rows.filter(({ name }) => !(name in secrets) && !isFile(name))) {
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

describe('A mail server', () => {
  const smtp = (url: string) => {
    const reading = readSettings({ PATCHBAY_SMTP_URL: url })
    return reading.ok ? reading.settings.PATCHBAY_SMTP_URL : reading.problems
  }

  test.each([
    ['smtp://mail.test', { host: 'mail.test', port: 587, secure: false, logIn: null }],
    ['smtps://mail.test/', { host: 'mail.test', port: 465, secure: true, logIn: null }],
    ['SMTP://[::1]:2525', { host: '::1', port: 2525, secure: false, logIn: null }],
    [
      'smtps://dana%40mail.test:p%40ss%23%2F%25:w%C3%B6rd@127.0.0.1:2465',
      {
        ...{ host: '127.0.0.1', port: 2465, secure: true },
        logIn: { user: 'dana@mail.test', password: 'p@ss#/%:wörd' },
      },
    ],
  ])('is read from %s', (url, server) => {
    expect(smtp(url)).toEqual(server)
  })

  test.each([
    ['patchbay@mail.test', { name: '', address: 'patchbay@mail.test' }],
    ['Patchbay <patchbay@mail.test>', { name: 'Patchbay', address: 'patchbay@mail.test' }],
    ['"Acme, Patchbay" <patch+bay@mail.test>', { name: 'Acme, Patchbay', address: 'patch+bay@mail.test' }],
    ['<patchbay@localhost>', { name: '', address: 'patchbay@localhost' }],
  ])('sends as %s', (text, from) => {
    expect(readSettings({ PATCHBAY_MAIL_FROM: text })).toMatchObject({ settings: { PATCHBAY_MAIL_FROM: from } })
  })
})

describe('A variable with _FILE', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-settings-'))
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  afterAll(() => rmSync(folder, { recursive: true }))

  test('names the file that contains the value, with or without a line break at its end', () => {
    const url = file('url', 'smtp://dana:hush-hush@mail.test\n')
    const from = file('from', 'patchbay@mail.test')
    expect(readSettings({ PATCHBAY_SMTP_URL_FILE: url, PATCHBAY_MAIL_FROM_FILE: from })).toMatchObject({
      ok: true,
      settings: {
        PATCHBAY_SMTP_URL: { host: 'mail.test', logIn: { user: 'dana', password: 'hush-hush' } },
        PATCHBAY_SMTP_URL_FILE: url,
        PATCHBAY_MAIL_FROM: { address: 'patchbay@mail.test' },
      },
    })
  })

  test('is refused beside the variable itself', () => {
    const url = file('both', 'smtp://mail.test')
    expect(problemsOf({ PATCHBAY_SMTP_URL: 'smtp://mail.test', PATCHBAY_SMTP_URL_FILE: url })).toMatchObject([
      { name: 'PATCHBAY_SMTP_URL_FILE', message: 'PATCHBAY_SMTP_URL is set too. Set only one of them.' },
    ])
  })

  test('does not repeat the text of a wrong file', () => {
    const problems = problemsOf({ PATCHBAY_SMTP_URL_FILE: file('wrong', 'smtp://dana:hush#hush@mail.test') })
    expect(problems).toMatchObject([{ name: 'PATCHBAY_SMTP_URL_FILE', message: expect.stringContaining('percent') }])
    expect(JSON.stringify(problems)).not.toContain('hush')
  })
})
