import 'server-only'
import { accessTokenAddress } from '@/lib/domain/oauth1/three-legged'
import { tokenRequestAddress } from '@/lib/domain/oauth2/token-request'
import { createRedactor } from '@/lib/domain/redaction'
import { succeed, type Result } from '@/lib/domain/result'
import type { KnownSecrets } from '@/lib/domain/secret-book'
import { placeholderSigner } from '@/lib/domain/signer'
import { effectiveDefinitions } from '@/lib/domain/variables/resolve-variables'
import { withStoredValues, type Credentials } from '@/lib/credentials/credentials'

/** A placeholder that no real URL contains, so that redaction changes nothing else in the path. */
const placeholder = 'patchbayplaceholderforthecallback'
const context = {
  reserved: { now: '2000-01-01T00:00:00.000Z', nonce: placeholder, uuid: placeholder },
  signer: placeholderSigner,
}

/**
 * The token endpoint that a code is sent to. It is the same before and after the callback: values that only the
 * callback contains (a shop, a data centre) are placeholders, and the allowed hosts limit where it leads (rule R14). It
 * can be stored: it has no query, which in a GET contains the code and the client secret, and secrets in the path are
 * redacted.
 */
export function tokenUrlFor(credentials: Credentials, redirectUri: string): Result<string> {
  const { connector, method, values, confirmedOrigins } = withCallbackPlaceholders(credentials)
  const grant = { kind: 'code', code: placeholder, redirectUri, codeVerifier: placeholder } as const
  return withoutSecrets(tokenRequestAddress({ connector, method, values, confirmedOrigins, grant, context }))
}

/** The same for OAuth 1: the endpoint that the request token is sent to. */
export function accessTokenUrlFor(credentials: Credentials): Result<string> {
  const { connector, method, values, confirmedOrigins } = withCallbackPlaceholders(credentials)
  return withoutSecrets(accessTokenAddress({ connector, method, values, confirmedOrigins, ...context }))
}

function withoutSecrets(found: Result<{ address: string; secrets: KnownSecrets }>): Result<string> {
  return found.ok ? succeed(createRedactor({ secrets: found.value.secrets }).text(found.value.address)) : found
}

/** The credentials as they will be after the callback, with placeholders for its values. */
export function withCallbackPlaceholders(credentials: Credentials): Credentials {
  const { connector, method } = credentials
  const { options } = method
  const urls = effectiveDefinitions({ connector, method }).filter(({ inputKind }) => inputKind === 'url')
  const [host = 'callback.invalid'] = connector.allowedHosts
  const address = `https://${host.replace(/^\*\./, 'callback.')}`
  const values = options.keptFromCallback.map(({ variable }) => {
    const value = urls.some(({ key }) => key === variable) ? address : 'callback'
    return { key: variable, value, secret: false }
  })
  return withStoredValues(credentials, values)
}
