import 'server-only'
import { buildAccessTokenRequest } from '@/lib/domain/oauth1/three-legged'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import { createRedactor } from '@/lib/domain/redaction'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { succeed, type Result } from '@/lib/domain/result'
import { standInSigner } from '@/lib/domain/signer'
import { definitionsInForce } from '@/lib/domain/variables/resolve-variables'
import { withKeptValues, type Credentials } from '@/lib/credentials/credentials'

/**
 * The token endpoint that an authorisation is bound to, as the database may hold it: without the query, where a GET
 * carries the code and the client's secret, and with secrets in the path removed.
 */
function boundTokenUrl({ request, secrets }: BuiltRequest): string {
  const { origin, pathname } = new URL(request.url)
  return createRedactor({ secrets }).text(origin + pathname)
}

/** Like no part of an address, so that redaction leaves the address as it is. */
const standIn = 'patchbaystandinforwhatcomesback'
const standIns = { reserved: { now: '', nonce: '', uuid: '' }, signer: standInSigner }

/**
 * The token endpoint that a code goes to, told the same before and after: what only the callback will say (a shop, a
 * data centre) has a stand-in, and where it leads is bounded by the allowed hosts (rule R14).
 */
export function tokenUrlFor(credentials: Credentials, redirectUri: string): Result<string> {
  const { connector, method, values, confirmedOrigins } = withCallbackStandIns(credentials)
  const grant = { kind: 'code', code: standIn, redirectUri, codeVerifier: null } as const
  const built = buildTokenRequest({ connector, method, values, confirmedOrigins, grant, context: standIns })
  return built.ok ? succeed(boundTokenUrl(built.value)) : built
}

/** The same of OAuth 1: where the request token goes. */
export function accessTokenUrlFor(credentials: Credentials): Result<string> {
  const { connector, method, values, confirmedOrigins } = withCallbackStandIns(credentials)
  const reserved = { ...standIns.reserved, now: '2000-01-01T00:00:00.000Z', nonce: standIn }
  const given = { token: standIn, tokenSecret: standIn, verifier: standIn }
  const built = buildAccessTokenRequest(
    { connector, method, values, confirmedOrigins, reserved, signer: standInSigner },
    given,
  )
  return built.ok ? succeed(boundTokenUrl(built.value)) : built
}

/** The credentials as they will be once the callback has come, as far as anybody can know. */
export function withCallbackStandIns(credentials: Credentials): Credentials {
  const { connector, method } = credentials
  const { options } = method
  const urls = definitionsInForce({ connector, method }).filter(({ inputKind }) => inputKind === 'url')
  const [host = 'callback.invalid'] = connector.allowedHosts
  const address = `https://${host.replace(/^\*\./, 'callback.')}`
  const kept = options.keptFromCallback.map(({ variable }) => {
    const value = urls.some(({ key }) => key === variable) ? address : 'callback'
    return { key: variable, value, secret: false }
  })
  return withKeptValues(credentials, kept)
}
