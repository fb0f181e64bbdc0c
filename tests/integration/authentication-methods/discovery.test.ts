import { beforeAll, describe, expect, test } from 'vitest'
import { discoverServer } from '@/lib/authentication-methods/discover-server'
import type { PersonActor } from '@/lib/domain/access/actor'
import { anActor } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { anHttpServer } from '../../support/servers'

let manager: PersonActor

beforeAll(async () => {
  await testDatabase()
  manager = await anActor('manager')
})

/** A server that publishes the document at one path. The issuer is its own URL with the path. */
async function publishing(at: string, issuerPath: string, document: (issuer: string) => unknown) {
  const server = await anHttpServer((request, response) => {
    if (request.url !== at) return response.writeHead(404).end()
    return response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(JSON.stringify(document(`http://${request.headers.host}${issuerPath}`)))
  })
  return server
}

const minimal = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
})

describe('what an authorisation server publishes', () => {
  test('is found at the URL of OpenID Connect', async () => {
    const server = await publishing('/tenant/.well-known/openid-configuration', '/tenant', minimal)
    const found = await discoverServer(manager, { issuer: `${server.url}/tenant` })
    expect(found).toMatchObject({
      ok: true,
      value: { issuer: `${server.url}/tenant`, tokenUrl: `${server.url}/tenant/token` },
    })
    expect(server.seen.map(({ headers }) => [headers.accept, headers.authorization, headers.cookie])).toEqual([
      ['application/json', undefined, undefined],
    ])
  })

  test('is found at the URL of RFC 8414 if it is not at the first one', async () => {
    const server = await publishing('/.well-known/oauth-authorization-server/tenant', '/tenant', minimal)
    expect(await discoverServer(manager, { issuer: `${server.url}/tenant` })).toMatchObject({
      ok: true,
      value: { authoriseUrl: `${server.url}/tenant/auth` },
    })
    expect(server.seen.map(({ url }) => url)).toHaveLength(2)
  })

  test.each<[string, (issuer: string) => unknown, string]>([
    ['another issuer', () => minimal('http://127.0.0.1:1/evil'), 'issuer_mismatch'],
    ['no addresses', (issuer) => ({ issuer }), 'invalid_answer'],
    ['no object', () => ['x'], 'invalid_answer'],
  ])('is refused if it contains %s', async (_what, document, code) => {
    const server = await publishing('/.well-known/openid-configuration', '', document)
    expect(await discoverServer(manager, { issuer: server.url })).toMatchObject({
      ok: false,
      error: { code, field: 'issuer' },
    })
  })

  test('is missing: the error names the URLs that were tried', async () => {
    const server = await publishing('/nowhere', '', minimal)
    const refused = await discoverServer(manager, { issuer: server.url })
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'not_found',
        field: 'issuer',
        message: expect.stringContaining('/.well-known/openid-configuration'),
      },
    })
  })

  test('is not fetched from another origin after a redirect', async () => {
    const other = await publishing('/doc', '', minimal)
    const server = await anHttpServer((_request, response) =>
      response.writeHead(302, { Location: `${other.url}/doc` }).end(),
    )
    expect(await discoverServer(manager, { issuer: server.url })).toMatchObject({
      ok: false,
      error: { field: 'issuer' },
    })
    expect(other.seen).toEqual([])
  })

  test('cannot be requested by a person who may not change connectors', async () => {
    const server = await publishing('/.well-known/openid-configuration', '', minimal)
    expect(await discoverServer(await anActor('user'), { issuer: server.url })).toMatchObject({
      ok: false,
      error: { code: 'not_allowed' },
    })
    expect(server.seen).toEqual([])
  })
})
