import { describe, expect, it } from 'vitest'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { judgeRefusedRefresh } from '@/lib/domain/oauth2/refresh-rule'
import { readTokenResponse } from '@/lib/domain/oauth2/token-response'
import { SecretBook } from '@/lib/domain/secret-book'
import { aConnector, aMethod, aPhase, refusalOf, valueOf } from '@/tests/support/definition-builders'
import { business } from './vendor-responses/business'
import { commerce } from './vendor-responses/commerce'
import { people } from './vendor-responses/people'
import { receivedAt, type VendorResponse } from './vendor-responses/vendor-response'
import { work } from './vendor-responses/work'

/** Responses from the documentation of vendors, with invented tokens and IDs. */
const all = [...commerce, ...business, ...work, ...people]

function responseOf({
  status = 200,
  headers = [['Content-Type', 'application/json']],
  body,
}: VendorResponse['responses'][number]): OutboundResponse {
  return { status, headers, body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)) }
}

function methodOf({ type = 'oauth2_authorization_code', options, successRule = undefined, responses }: VendorResponse) {
  const steps = responses.map((_, step) =>
    aPhase('exchange', { step, url: `https://login.acme.test/token/${step}`, successRule: successRule ?? null }),
  )
  return aMethod(type, {
    options: { ...authenticationTypeDefinitions[type].defaultOptions, ...options },
    phases: [...steps, aPhase('refresh')],
  })
}

function read(vendor: VendorResponse) {
  const responses = vendor.responses.map(responseOf)
  return readTokenResponse({
    connector: aConnector(),
    method: methodOf(vendor),
    values: {},
    phase: vendor.phase,
    responses,
    secrets: new SecretBook(),
    now: receivedAt,
  })
}

describe('The token responses of vendors', () => {
  it('cover at least twenty vendors', () => {
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
