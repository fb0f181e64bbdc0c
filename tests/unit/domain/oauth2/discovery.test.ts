import { describe, expect, it } from 'vitest'
import { discoveryUrls, readDiscovery } from '@/lib/domain/oauth2/discovery'
import { codeOf, refusalOf, valueOf } from '@/tests/support/definition-builders'

const issuer = 'https://server.example.com'
const foundAt = `${issuer}/.well-known/oauth-authorization-server`

/** RFC 8414 §3.2, the example of an answer. */
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
describe('A document that is not to be believed', () => {
  it.each([null, 'text', 1, [], [document]])('%j is none', (given) => {
    expect(codeOf(readDiscovery(given, foundAt))).toBe('invalid_answer')
  })

  it.each([
    'https://evil.test',
    'https://server.example.com/tenant',
    'https://server.example.com.evil.test',
    'http://server.example.com',
    'javascript:alert(1)',
  ])('names another issuer than it was looked up for: %s (RFC 8414 §3.3)', (other) => {
    expect(codeOf(read({ issuer: other }))).toBe('issuer_mismatch')
  })

  it.each([undefined, '', 1, {}])('names no issuer: %j', (other) => {
    expect(codeOf(read({ issuer: other }))).toBe('invalid_answer')
  })

  it.each([
    'http://server.example.com/token',
    'javascript:alert(1)',
    '/token',
    'https://user:pass@server.example.com/token',
    'https://{{ host }}/token',
    'https://a.test/[[payload.x]]',
  ])('has an endpoint that is no https address: %s', (url) => {
    for (const name of ['authorization_endpoint', 'token_endpoint', 'revocation_endpoint'])
      expect(codeOf(read({ [name]: url }))).toBe('invalid_answer')
  })

  it('names no endpoints', () => {
    expect(codeOf(read({ authorization_endpoint: undefined, token_endpoint: undefined }))).toBe('invalid_answer')
  })

  it('is quoted short and without control characters', () => {
    expect(refusalOf(read({ issuer: `https://a.test/\u0000\n${'x'.repeat(1_000)}` })).message).toMatch(
      /^[^\u0000-\u001f]{1,400}$/,
    )
  })

  it('does not give what a prototype has', () => {
    expect(codeOf(readDiscovery(Object.create(document) as unknown, foundAt))).toBe('invalid_answer')
  })
})

describe('A document (RFC 8414 §3.2)', () => {
  it('says where the requests go, and how the client proves itself', () => {
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

  it('shows the origins that are not the issuer’s, because credentials would go there', () => {
    const given = { token_endpoint: 'https://tokens.test/token', revocation_endpoint: 'https://a.test/revoke' }
    expect(valueOf(read(given)).otherOrigins).toEqual(['https://a.test', 'https://tokens.test'])
  })

  it.each([
    [['S256', 'plain'], 'S256'],
    [['plain'], 'plain'],
    [[], null],
    [undefined, null],
  ])('with the PKCE methods %j asks for %s', (methods, expected) => {
    expect(valueOf(read({ code_challenge_methods_supported: methods })).pkce).toBe(expected)
  })

  it.each([
    [undefined, 'client_secret_basic'],
    [['private_key_jwt', 'client_secret_post'], 'client_secret_post'],
    [['private_key_jwt'], 'private_key_jwt'],
    [['client_secret_jwt', 'none'], 'client_secret_jwt'],
    [['tls_client_auth'], 'none'],
    [['kerberos'], null],
  ])('with the client authentications %j takes %s', (methods, expected) => {
    expect(valueOf(read({ token_endpoint_auth_methods_supported: methods })).clientAuthentication).toBe(expected)
  })

  it('says whether the server names itself in callbacks (RFC 9207 §3)', () => {
    expect(valueOf(read({ authorization_response_iss_parameter_supported: true })).issuerAdvertised).toBe(true)
    expect(valueOf(read({ authorization_response_iss_parameter_supported: 'true' })).issuerAdvertised).toBe(false)
  })

  it('may be of a server for machines alone', () => {
    expect(valueOf(read({ authorization_endpoint: undefined })).authoriseUrl).toBeNull()
  })

  it('is found at every URL where its issuer may publish it', () => {
    const tenant = 'https://example.com/tenant'
    for (const at of valueOf(discoveryUrls(tenant)))
      expect(readDiscovery({ ...document, issuer: tenant }, at).ok).toBe(true)
    const withSlash = `${tenant}/`
    for (const at of valueOf(discoveryUrls(withSlash)))
      expect(valueOf(readDiscovery({ ...document, issuer: withSlash }, at)).issuer).toBe(withSlash)
  })
})

describe('Where to look', () => {
  it.each([
    '',
    'ftp://a.test',
    'http://a.test',
    'https://a.test?x=1',
    'https://a.test#x',
    'https://u:p@a.test',
    'https://',
    'not a host',
  ])('%j is refused', (typed) => {
    expect(refusalOf(discoveryUrls(typed)).field).toBe('issuer')
  })

  it('is behind the issuer, or between its host and its path (RFC 8414 §3.1)', () => {
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

  it('is the document itself where that is what was typed', () => {
    const url = 'https://example.com/a/.well-known/openid-configuration'
    expect(valueOf(discoveryUrls(url))).toEqual([url])
  })
})
