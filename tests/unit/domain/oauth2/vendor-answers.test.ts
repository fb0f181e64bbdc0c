import { describe, expect, it } from 'vitest'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { judgeRefusedRefresh } from '@/lib/domain/oauth2/refresh-rule'
import { readTokenResponse } from '@/lib/domain/oauth2/token-response'
import { SecretBook } from '@/lib/domain/secret-book'
import { aConnector, aMethod, aPhase, refusalOf, valueOf } from '@/tests/support/definition-builders'
import { business } from './vendor-answers/business'
import { commerce } from './vendor-answers/commerce'
import { people } from './vendor-answers/people'
import { answeredAt, type VendorAnswer } from './vendor-answers/vendor-answer'
import { work } from './vendor-answers/work'

/** Answers as vendors document them; tokens and ids are made up. */
const all = [...commerce, ...business, ...work, ...people]

function answerOf({
  status = 200,
  headers = [['Content-Type', 'application/json']],
  body,
}: VendorAnswer['answers'][number]): OutboundResponse {
  return { status, headers, body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)) }
}

function methodOf({ type = 'oauth2_authorization_code', options, successRule = undefined, answers }: VendorAnswer) {
  const steps = answers.map((_, step) =>
    aPhase('exchange', { step, url: `https://login.acme.test/token/${step}`, successRule: successRule ?? null }),
  )
  return aMethod(type, {
    options: { ...authenticationTypeDefinitions[type].defaultOptions, ...options },
    phases: [...steps, aPhase('refresh')],
  })
}

function read(vendor: VendorAnswer) {
  const responses = vendor.answers.map(answerOf)
  return readTokenResponse({
    connector: aConnector(),
    method: methodOf(vendor),
    values: {},
    phase: vendor.phase,
    responses,
    secrets: new SecretBook(),
    now: answeredAt,
  })
}

describe('The token answers of vendors', () => {
  it('are of at least twenty vendors', () => {
    expect(new Set(all.map(({ vendor }) => vendor)).size).toBeGreaterThanOrEqual(20)
  })

  it.each(all.flatMap((vendor) => ('grant' in vendor ? [[vendor.vendor, vendor.what, vendor] as const] : [])))(
    '%s: %s',
    (_vendor, _what, vendor) => {
      const nothing = { refreshToken: null, tokenType: 'Bearer', scope: null, expiresAt: null, stored: [] }
      expect(valueOf(read(vendor))).toEqual({ ...nothing, ...vendor.grant })
    },
  )

  it.each(all.flatMap((vendor) => ('refused' in vendor ? [[vendor.vendor, vendor.what, vendor] as const] : [])))(
    '%s: %s',
    (_vendor, _what, vendor) => {
      const { says, grantDead = false, ...expected } = vendor.refused
      const failure = refusalOf(read(vendor))
      expect(failure).toMatchObject(expected)
      expect(failure.message).toContain(says)
      expect(judgeRefusedRefresh(methodOf(vendor), failure) === 'grant_dead').toBe(grantDead)
    },
  )
})
