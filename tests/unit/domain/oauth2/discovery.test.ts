import { describe, expect, it } from 'vitest'
import { discoveryUrls, readDiscovery } from '@/lib/domain/oauth2/discovery'
import { codeOf, refusalOf, valueOf } from '@/tests/support/definition-builders'

const issuer = 'https://server.example.com'
const foundAt = `${issuer}/.well-known/oauth-authorization-server`

/** The example response of RFC 8414 §3.2. */
const document = {
  issuer,
  authorization_endpoint: 'https://server.example.com/authorize',
  token_endpoint: 'https://server.example.com/token',
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ['RS256', 'ES256'],
  userinfo_endpoint: 'https://server.example.com/userinfo',
  jwks_uri: 'https://server.example.com/jwks.json',
  registration_endpoint: 'https://server.example.com/register',
  scopes_supported: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
  response_types_supported: ['code', 'code token'],
  service_documentation: 'http://server.example.com/service_documentation.html',
  ui_locales_supported: ['en-US', 'en-GB', 'en-CA', 'fr-FR', 'fr-CA'],
}

const read = (given: Record<string, unknown> = {}, at = foundAt) => readDiscovery({ ...document, ...given }, at)

// Shows D25.
describe('A document is refused if it', () => {
  it.each([null, 'text', 1, [], [document]])('is not an object: %j', (given) => {
    expect(codeOf(readDiscovery(given, foundAt))).toBe('invalid_answer')
  })

  it.each([
    'https://evil.test',
    'https://server.example.com/tenant',
    'https://server.example.com.evil.test',
    'http://server.example.com',
    'javascript:alert(1)',
  ])('has another issuer than requested: %s (RFC 8414 §3.3)', (other) => {
    expect(codeOf(read({ issuer: other }))).toBe('issuer_mismatch')
  })

  it.each([undefined, '', 1, {}])('has no issuer: %j', (other) => {
    expect(codeOf(read({ issuer: other }))).toBe('invalid_answer')
  })

  it.each([
    'http://server.example.com/token',
    'javascript:alert(1)',
    '/token',
    'https://user:pass@server.example.com/token',
    'https://{{ host }}/token',
    'https://a.test/[[payload.x]]',
  ])('has an endpoint that is not an https URL: %s', (url) => {
    for (const name of ['authorization_endpoint', 'token_endpoint', 'revocation_endpoint'])
      expect(codeOf(read({ [name]: url }))).toBe('invalid_answer')
  })

  it('has no endpoints', () => {
    expect(codeOf(read({ authorization_endpoint: undefined, token_endpoint: undefined }))).toBe('invalid_answer')
  })

  it('has a long issuer, which is quoted shortened and without control characters', () => {
    expect(refusalOf(read({ issuer: `https://a.test/\u0000\n${'x'.repeat(1_000)}` })).message).toMatch(
      /^[^\u0000-\u001f]{1,400}$/,
    )
  })

  it('has its values only in a prototype', () => {
    expect(codeOf(readDiscovery(Object.create(document) as unknown, foundAt))).toBe('invalid_answer')
  })
})

describe('A document (RFC 8414 §3.2)', () => {
  it('has the endpoints and the client authentication', () => {
    expect(valueOf(read())).toEqual({
      issuer,
      authoriseUrl: 'https://server.example.com/authorize',
      tokenUrl: 'https://server.example.com/token',
      revokeUrl: null,
      issuerAdvertised: false,
      pkce: null,
      clientAuthentication: 'client_secret_basic',
      scopes: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
      otherOrigins: [],
    })
  })

  it('shows the origins other than the issuer’s, because credentials would be sent there', () => {
    const given = { token_endpoint: 'https://tokens.test/token', revocation_endpoint: 'https://a.test/revoke' }
    expect(valueOf(read(given)).otherOrigins).toEqual(['https://a.test', 'https://tokens.test'])
  })

  it.each([
    [['S256', 'plain'], 'S256'],
    [['plain'], 'plain'],
    [[], null],
    [undefined, null],
  ])('with the PKCE methods %j: %s', (methods, expected) => {
    expect(valueOf(read({ code_challenge_methods_supported: methods })).pkce).toBe(expected)
  })

  it.each([
    [undefined, 'client_secret_basic'],
    [['private_key_jwt', 'client_secret_post'], 'client_secret_post'],
    [['private_key_jwt'], 'private_key_jwt'],
    [['client_secret_jwt', 'none'], 'client_secret_jwt'],
    [['tls_client_auth'], 'none'],
    [['kerberos'], null],
  ])('with the client authentications %j: %s', (methods, expected) => {
    expect(valueOf(read({ token_endpoint_auth_methods_supported: methods })).clientAuthentication).toBe(expected)
  })

  it('says whether the server sends its issuer in callbacks (RFC 9207 §3)', () => {
    expect(valueOf(read({ authorization_response_iss_parameter_supported: true })).issuerAdvertised).toBe(true)
    expect(valueOf(read({ authorization_response_iss_parameter_supported: 'true' })).issuerAdvertised).toBe(false)
  })

  it('may be from a server without an authorise endpoint', () => {
    expect(valueOf(read({ authorization_endpoint: undefined })).authoriseUrl).toBeNull()
  })

  it('is accepted at every URL where its issuer may publish it', () => {
    const tenant = 'https://example.com/tenant'
    for (const at of valueOf(discoveryUrls(tenant)))
      expect(readDiscovery({ ...document, issuer: tenant }, at).ok).toBe(true)
    const withSlash = `${tenant}/`
    for (const at of valueOf(discoveryUrls(withSlash)))
      expect(valueOf(readDiscovery({ ...document, issuer: withSlash }, at)).issuer).toBe(withSlash)
  })
})

describe('The URL of the document', () => {
  it.each([
    '',
    'ftp://a.test',
    'http://a.test',
    'https://a.test?x=1',
    'https://a.test#x',
    'https://u:p@a.test',
    'https://',
    'not a host',
  ])('cannot be derived from %j', (typed) => {
    expect(refusalOf(discoveryUrls(typed)).field).toBe('issuer')
  })

  it('has the well-known path after the issuer, or between its host and path (RFC 8414 §3.1)', () => {
    expect(valueOf(discoveryUrls('https://example.com/issuer1/'))).toEqual([
      'https://example.com/issuer1/.well-known/openid-configuration',
      'https://example.com/.well-known/oauth-authorization-server/issuer1',
      'https://example.com/.well-known/openid-configuration/issuer1',
    ])
    expect(valueOf(discoveryUrls(' example.com '))).toEqual([
      'https://example.com/.well-known/openid-configuration',
      'https://example.com/.well-known/oauth-authorization-server',
    ])
    expect(valueOf(discoveryUrls('localhost:4010')).length).toBe(2)
    expect(valueOf(discoveryUrls('http://localhost:4010'))[0]).toBe(
      'http://localhost:4010/.well-known/openid-configuration',
    )
  })

  it('can be typed directly', () => {
    const url = 'https://example.com/a/.well-known/openid-configuration'
    expect(valueOf(discoveryUrls(url))).toEqual([url])
  })
})
