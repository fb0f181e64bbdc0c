import { readCertificate } from '@/lib/certificates/read-certificate'
import { matchesOrigin } from '@/lib/domain/urls/allowed-hosts'
import { findInResponses } from '@/lib/domain/responses/response-source'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { checkJsonPath, findByPath } from '@/lib/domain/responses/json-path'
import { findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import { signalsExpiredToken } from '@/lib/domain/oauth2/refresh-rule'
import { readTokenResponse } from '@/lib/domain/oauth2/token-response'
import { createRedactor } from '@/lib/domain/redaction'
import { parseChallenges } from '@/lib/domain/signatures/challenges'
import { templateLimits } from '@/lib/domain/templates/limits'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import { matchesPattern } from '@/lib/domain/variables/variable-rules'
import { SecretBook } from '@/lib/domain/secret-book'
import { aCertificate, anEndlessPkcs12, aPkcs12OfManyParts } from '@/tests/support/certificates'
import { aConnector, anOAuthMethod, methodValues } from '@/tests/support/definition-builders'
import {
  almostSecrets,
  deepJson,
  hostileBodies,
  hostileChallenges,
  hostileEscapes,
  hostileOrigins,
  hostileXml,
  longBodies,
} from '@/tests/support/hostile-inputs'
import { printLines, shown } from '../measure'

/** Limits for the worst possible input: linear time passes, quadratic time does not. */
type Case = { name: string; mostMs: number; work: () => unknown }

const now = new Date('2026-01-01T00:00:00Z')

function answer(body: unknown): OutboundResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status: 200, headers: [['Content-Type', 'application/json']], body: new TextEncoder().encode(text) }
}

function readToken(body: unknown) {
  return readTokenResponse({
    connector: aConnector(),
    method: anOAuthMethod(),
    values: { instance: methodValues({}) },
    responses: [answer(body)],
    secrets: new SecretBook(),
    now,
  })
}

/** All of them have the same beginning as the texts in which they are searched. */
function alikeSecrets(): string[] {
  return Array.from({ length: 50 }, (_, index) => `${'ab'.repeat(20 + index)}-${index}`)
}

function redactions(): Case[] {
  const manySecrets = Array.from({ length: 30 }, (_, index) => `secret-number-${index}-${'x'.repeat(40)}`)
  const many = createRedactor({ secrets: SecretBook.of(...manySecrets) })
  const few = createRedactor({ secrets: SecretBook.of('correct-horse', 'p@ss w/ord+é&=?'), fieldNames: ['api_key'] })
  const alike = createRedactor({ secrets: SecretBook.of(...alikeSecrets()) })
  return [
    { name: 'Redaction of long bodies, of 30 secrets', mostMs: 2_000, work: () => longBodies.map(many.body) },
    { name: 'Redaction of 50 secrets, all nearly found', mostMs: 500, work: () => alike.text('ab'.repeat(32_768)) },
    {
      name: 'Redaction of 50 secrets in one of them, repeated',
      mostMs: 500,
      work: () => alike.text(alikeSecrets()[49]!.repeat(460)),
    },
    ...Object.entries(hostileEscapes).map(([what, text]) => ({
      name: `Redaction of 50 secrets: ${what}`,
      mostMs: 300,
      work: () => alike.text(text),
    })),
    ...Object.entries(hostileBodies).map(([what, text]) => ({
      name: `Redaction: ${what}`,
      mostMs: 1_500,
      work: () => {
        few.body(text)
        few.headers([['X-Next', text.slice(0, 60_000)]])
        few.url(`https://api.acme.test/?${text.slice(0, 60_000)}`)
      },
    })),
  ]
}

function readers(): Case[] {
  const [filler, megabytes] = ['x'.repeat(10_000_000), answer({ x: 'y'.repeat(10_000_000) })]
  const whereExpired = anOAuthMethod({ expiredBody: { path: 'x', value: '' } })
  const [deep, { source }] = [deepJson(), templateLimits]
  return [
    ...Object.entries(hostileXml).map(([what, text]) => {
      const given = answer(text)
      return { name: `XML: ${what}`, mostMs: 5_000, work: () => findInResponses([given], 'a.b') }
    }),
    ...['$..*..*', '$[*,*][*,*][*,*]', '$..[?@..id]'].map((path) => ({
      name: `JSON path ${path}`,
      mostMs: 200,
      work: () => [checkJsonPath(path), findByPath([deep, deep], path)],
    })),
    {
      name: 'Templates of braces',
      mostMs: 2_000,
      work: () => ['{'.repeat(source), '{{ x | '.repeat(9_000), '[['.repeat(source / 2)].map(parseTemplate),
    },
    {
      name: 'Token responses of ten megabytes',
      mostMs: 5_000,
      work: () => [{ filler }, { access_token: filler }, filler, `<t>${filler}</t>`].map(readToken),
    },
    {
      name: 'A response of ten megabytes, expired or not',
      mostMs: 100,
      work: () => signalsExpiredToken(whereExpired, megabytes),
    },
    { name: 'Challenges', mostMs: 2_000, work: () => hostileChallenges.map((line) => parseChallenges([line])) },
    {
      name: 'Literal secrets',
      mostMs: 1_000,
      work: () => almostSecrets.map((text) => findLiteralSecret(text, 'body')),
    },
    { name: 'A pattern that backtracks', mostMs: 1_000, work: () => matchesPattern('(a+)+$', `${'a'.repeat(4_000)}b`) },
    {
      name: 'Origins of many variables',
      mostMs: 500,
      work: () => hostileOrigins.map(([url, pattern]) => matchesOrigin(url, [pattern])),
    },
  ]
}

function certificates(): Case[] {
  const client = aCertificate({ name: 'client' })
  const files = { 'endless rounds': anEndlessPkcs12(client, 'p'), 'many parts': aPkcs12OfManyParts(client, 'p') }
  return Object.entries(files).map(([what, pkcs12Base64]) => ({
    name: `PKCS#12 of ${what}`,
    mostMs: 1_000,
    work: () => readCertificate({ pkcs12Base64, passphrase: 'p' }, now),
  }))
}

/** False if one takes longer than allowed. */
export function measureHostileInputs(): boolean {
  const rows = [...redactions(), ...readers(), ...certificates()].map(({ name, mostMs, work }) => {
    const startedAt = performance.now()
    work()
    return { name, tookMs: performance.now() - startedAt, mostMs }
  })
  const lines = rows.map(({ name, tookMs, mostMs }) => [name, shown(tookMs), shown(mostMs)])
  printLines([['Worst possible input', 'takes', 'at most'], ...lines])
  return rows.every(({ tookMs, mostMs }) => tookMs < mostMs)
}
