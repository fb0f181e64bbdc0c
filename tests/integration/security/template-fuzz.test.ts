import { expect, test } from 'vitest'
import { signer } from '@/lib/platform/crypto/signer'
import { renderTemplate } from '@/lib/domain/templates/render-template'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import { aScope, textIn, valueOf } from '@/tests/support/definition-builders'

/** Templates that try to break out. Nothing is evaluated, nothing throws, nothing leaks. */

const pieces = [
  ...[
    '{{',
    '}}',
    '{%',
    '%}',
    '[[',
    ']]',
    '|',
    ':',
    '.',
    ',',
    '"',
    "'",
    '\\',
    '(',
    ')',
    '[',
    ']',
    '-',
    '#',
    '$',
    '`',
    '${',
    '=>',
    ' ',
    '\n',
    '\u0000',
    '\u2028',
  ],
  ...[
    'account',
    'constructor',
    '__proto__',
    'prototype',
    'process',
    'env',
    'require',
    'global',
    'this',
    'toString',
    'valueOf',
    'now',
    'access_token',
    'size',
    'first',
  ],
  ...[
    'base64_encode',
    'url_encode',
    'json',
    'default',
    'upcase',
    'raw',
    'include',
    'assign x = 1',
    'date',
    'map',
    'where',
    'constructor.constructor',
    '"x"',
    '1',
    '{{ account }}',
    '[[payload.id]]',
  ],
  ...[
    '{{ account | ',
    '{{ step1.shop | ',
    'append: account',
    'replace: "a", account',
    'split: "-", -1',
    'slice: 0, 3',
    'hex_decode',
    'base64_decode',
    'sha256',
    'hmac_sha256: account, "hex", "base64"',
    'sign_rs256: account',
    'fingerprint',
    'date: "%Y", "+1d"',
    'digits: 4',
    ' | ',
    ' }}',
    'step1.shop',
    'step1.constructor',
    'step1.__proto__',
  ],
]

/** Deterministic, so that a failure can be reproduced (mulberry32). */
function randomFrom(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const planted = 'planted-environment-value'
process.env.PATCHBAY_PLANTED = planted
const suspicious = /native code|\[object|function\s*\(|\[Function|Symbol\(/

test('twenty thousand random templates are refused or rendered, and never evaluated', () => {
  const random = randomFrom(20261121)
  const scope = aScope({
    account: '{{ secret }}[[payload.id]]{% x %}',
    secret: { value: 'planted-secret', secrecy: 'whole' },
  })
  let rendered = 0
  for (let count = 0; count < 20_000; count += 1) {
    const source = Array.from({ length: 1 + random(12) }, () => pieces[random(pieces.length)]).join(
      random(2) ? ' ' : '',
    )
    const parsed = parseTemplate(source)
    if (!parsed.ok) continue
    const result = renderTemplate(parsed.value, scope, {
      reserved: { access_token: 'token', now: 'now' },
      flow: () => 'flow',
      steps: new Map([['step1.shop', 'blue']]),
      signer,
    })
    const text = result.ok ? result.value.text : result.error.message
    if (result.ok) rendered += 1
    expect(text, source).not.toMatch(suspicious)
    expect(text, source).not.toContain(planted)
    // Only a template that uses the secret may contain it, and none of the pieces does.
    expect(text, source).not.toContain('planted-secret')
  }
  expect(rendered).toBeGreaterThan(500)
})

test('any value is rendered unchanged', () => {
  const random = randomFrom(42)
  const template = valueOf(parseTemplate('{{ account }}'))
  for (let count = 0; count < 5_000; count += 1) {
    const value = Array.from({ length: 1 + random(8) }, () => pieces[random(pieces.length)]).join('')
    expect(valueOf(textIn(renderTemplate(template, aScope({ account: value }))))).toBe(value)
  }
})

test.each([
  'constructor',
  '__proto__',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'then',
  'get',
  'size',
  'process',
  'require',
  'globalThis',
])('%s is an unknown name like any other', (name) => {
  const template = parseTemplate(`{{ ${name} }}`)
  if (template.ok)
    expect(renderTemplate(template.value, aScope({ account: 'x' }))).toMatchObject({
      ok: false,
      error: { code: 'unknown_variable' },
    })
  expect(parseTemplate(`{{ account.${name} }}`).ok).toBe(false)
  expect(parseTemplate(`{{ account["${name}"] }}`).ok).toBe(false)
})
