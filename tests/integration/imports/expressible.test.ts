import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseConnectionDocument } from '@/lib/imports/parse-document'
import { planConnector } from '@/lib/imports/plan-connector'
import type { ConnectorDocument } from '@/lib/imports/document-schema'
import { signer } from '@/lib/platform/crypto/signer'
import type { ConnectorDefinition, EndpointDefinition } from '@/lib/domain/definitions'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import {
  buildAccessTokenRequest,
  buildOAuth1AuthorizeUrl,
  buildRequestTokenRequest,
} from '@/lib/domain/oauth1/three-legged'
import { buildAuthorizeUrl } from '@/lib/domain/oauth2/authorize-url'
import { callbackNames } from '@/lib/domain/oauth2/callback'
import type { GrantInput } from '@/lib/domain/oauth2/grant-fields'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import { readStepResponse } from '@/lib/domain/oauth2/step-response'
import { readTokenResponse, type TokenGrant } from '@/lib/domain/oauth2/token-response'
import { exchangeSteps } from '@/lib/domain/oauth2/token-settings'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import { buildProbeRequest } from '@/lib/domain/requests/build-probe-request'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import type { VariableValues } from '@/lib/domain/variables/resolve-variables'
import { SecretBook } from '@/lib/domain/secret-book'
import { noPagination } from '@/lib/domain/pagination-schema'
import { valueOf } from '@/tests/support/definition-builders'
import { ed25519, es256, pemOf, rs256 } from '@/tests/support/jwt-vectors'

/**
 * Every known way in which real APIs authenticate, as a short document of a fictional API with the resulting requests.
 * This is what the authentication model must express without code.
 */

type Kind = {
  kind: string
  /** The rest of the document, next to its one method. */
  connector?: object
  method: object
  /** The instance's values. */
  values?: Record<string, string>
  /** Values from earlier responses. */
  kept?: Record<string, string>
  /** The responses of the token requests, in order: JSON, or a text with its headers. */
  answers?: (object | { text: string; headers?: [string, string][] })[]
  refresh?: true
  /** In order, as `what METHOD url | header | body`. */
  sent: string[]
}

const reserved = { now: '2026-03-04T05:06:07.000Z', nonce: '6e6f6e6365', uuid: '0192d0c4-0000-7000-8000-000000000001' }
const redirectUri = 'https://patchbay.test/oauth/authenticate'

/** The definitions of a document after it is installed. */
function install({ connector: given = {}, method: fields }: Kind): {
  connector: ConnectorDefinition
  method: MethodDefinition
  endpoint: EndpointDefinition
} {
  const document = {
    patchbay: 1,
    kind: 'connector',
    name: 'Acme',
    baseUrl: 'https://api.acme.test',
    ...given,
    methods: [{ name: 'Method', ...fields }],
  }
  const plan = valueOf(planConnector(valueOf(parseConnectionDocument(JSON.stringify(document))) as ConnectorDocument))
  const [method] = plan.methods
  const [endpoint = { url: '/orders', httpMethod: 'GET' as const, bodyFormat: 'none' as const, body: '' }] =
    plan.endpoints
  if (!method) throw new Error('The document has no method.')
  const { name, baseUrl, allowedHosts } = plan.details
  const variables = method.variables.map((variable) => ({ ...variable, id: variable.key, level: 'method' as const }))
  const parameters = method.parameters.map((parameter, index) => ({ ...parameter, id: String(index) }))
  return {
    connector: {
      id: 'connector',
      name,
      baseUrl,
      allowedHosts,
      variables: plan.variables.map((variable) => ({ ...variable, id: variable.key, level: 'connector' })),
      parameters: [],
    },
    method: {
      ...{ id: 'method', key: 'method', name: 'Method', type: method.type, timeoutSeconds: 30, revision: 1 },
      options: valueOf(readMethodOptions(method.type, method.options)),
      variables,
      parameters,
      phases: method.phases,
    },
    endpoint: {
      ...{
        id: 'endpoint',
        key: 'endpoint',
        name: 'Orders',
        entityType: 'orders',
        direction: 'receive',
        dataPath: '',
        pagination: noPagination,
        variables: [],
        parameters: [],
      },
      ...{ httpMethod: endpoint.httpMethod, url: endpoint.url, bodyFormat: endpoint.bodyFormat, body: endpoint.body },
    },
  }
}

function written(what: string, built: BuiltRequest): string {
  const { method, url, headers, body } = built.request
  const own = headers.filter(([name, value]) => !(name === 'Accept' && value === 'application/json'))
  const text = typeof body === 'string' ? body : body === null ? '' : new TextDecoder().decode(body)
  return [
    `${what} ${method} ${url}`,
    ...own.map(([name, value]) => `${name}: ${readable(value)}`),
    ...(text === '' ? [] : [readable(text)]),
  ].join(' | ')
}

/** The content of a JWT, because a signature with an elliptic key is different each time. */
function readable(text: string): string {
  return text.replace(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g, (jwt) => {
    const [header = '', claims = ''] = jwt.split('.').map((part) => Buffer.from(part, 'base64url').toString())
    return `<${header}${claims}>`
  })
}

function answerOf(given: NonNullable<Kind['answers']>[number]): OutboundResponse {
  const { text, headers = [] } =
    'text' in given && typeof given.text === 'string'
      ? (given as { text: string; headers?: [string, string][] })
      : { text: JSON.stringify(given) }
  return {
    status: headers.some(([name]) => name === 'Location') ? 302 : 200,
    headers,
    body: new TextEncoder().encode(text),
  }
}

function said(grant: TokenGrant): string {
  const { accessToken, refreshToken, expiresAt, stored } = grant
  const facts = [
    accessToken,
    refreshToken && `refresh ${refreshToken}`,
    expiresAt && `until ${expiresAt.toISOString()}`,
    ...stored.map(({ key, value }) => `${key}=${value}`),
  ]
  return `token ${facts.filter(Boolean).join(' | ')}`
}

/** Everything that a method sends, from the authorise URL to an endpoint request. */
function requestsOf(kind: Kind): string[] {
  const { connector, method, endpoint } = install(kind)
  const sent: string[] = []
  const values: VariableValues = {
    instance: new Map(Object.entries(kind.values ?? {}).map(([key, value]) => [key, keys.get(value) ?? value])),
    stored: new Map(Object.entries(kind.kept ?? {})),
  }
  const shared = { connector, method, confirmedOrigins: originsUnchecked }
  const options = method.options as { pkce?: string; parameterNames?: unknown[] }
  const has = (phase: string) => method.phases.some((row) => row.kind === phase && Boolean(row.url || row.body))
  const isOAuth1 = method.type === 'oauth1'
  let names: object = {}
  if (has('request_token')) {
    const input = { ...shared, values, reserved, signer }
    sent.push(written('request token', valueOf(buildRequestTokenRequest(input, `${redirectUri}?state=state-1`))))
    sent.push(`authorise ${valueOf(buildOAuth1AuthorizeUrl(input, 'temporary-1'))}`)
    sent.push(
      written(
        'exchange',
        valueOf(
          buildAccessTokenRequest(input, {
            token: 'temporary-1',
            tokenSecret: 'temporary-secret',
            verifier: 'verifier-1',
          }),
        ),
      ),
    )
  } else if (has('authorise')) {
    const pkce = options.pkce === 'off' ? null : { challenge: 'challenge-1', method: 'S256' as const }
    sent.push(
      `authorise ${valueOf(buildAuthorizeUrl({ ...shared, values, state: 'state-1', redirectUri, pkce, context: { reserved } }))}`,
    )
    if (options.parameterNames?.length) sent.push(`callback ${JSON.stringify(callbackNames(method))}`)
  }
  if (!isOAuth1 && has('exchange')) {
    const grant: GrantInput = has('authorise')
      ? { kind: 'code', code: 'code-1', redirectUri, codeVerifier: options.pkce === 'off' ? null : 'verifier-1' }
      : { kind: 'exchange' }
    const steps = new Map<string, string>()
    const responses: OutboundResponse[] = []
    exchangeSteps(method).forEach((_row, step, rows) => {
      sent.push(
        written(
          'exchange',
          valueOf(buildTokenRequest({ ...shared, values, grant, step, context: { reserved, signer, steps } })),
        ),
      )
      responses.push(answerOf(kind.answers?.[step] ?? { access_token: 'token-1' }))
      if (step === rows.length - 1) return
      for (const [name, value] of valueOf(
        readStepResponse({ connector, method, values, responses, secrets: new SecretBook() }) as never,
      ) as [string, string][])
        steps.set(`step${step + 1}.${name}`, value)
    })
    const read = readTokenResponse({
      connector,
      method,
      values,
      responses,
      secrets: new SecretBook(),
      now: new Date(reserved.now),
    })
    if (!read.ok) throw new Error(read.error.message)
    sent.push(said(read.value))
    names = { access_token: read.value.accessToken ?? '', token_type: read.value.tokenType }
    values.stored = new Map([
      ...(values.stored ?? []),
      ...read.value.stored.map(({ key, value }) => [key, value] as const),
    ])
    if (kind.refresh) {
      const tokens = { refreshToken: read.value.refreshToken, accessToken: read.value.accessToken }
      sent.push(
        written(
          'refresh',
          valueOf(
            buildTokenRequest({
              ...shared,
              values,
              grant: { kind: 'refresh', ...tokens },
              context: { reserved, signer },
            }),
          ),
        ),
      )
    }
  }
  const input = { ...shared, values, reserved: { ...reserved, ...names }, signer }
  const verify = method.phases.find((row) => row.kind === 'verify' && row.url)
  if (verify) sent.push(written('verify', valueOf(buildProbeRequest(input, verify))))
  sent.push(written('endpoint', valueOf(buildEndpointRequest({ ...input, endpoint }))))
  return sent
}

/** Names for keys in the documents, so that they contain no key. */
const keys = new Map([
  ['<rs256 key as PEM>', pemOf(rs256.key)],
  ['<rs256 key as JWK>', JSON.stringify(rs256.key)],
  ['<es256 key as PEM>', pemOf(es256.key)],
  ['<ed25519 key as PEM>', pemOf(ed25519.key)],
])

const folder = fileURLToPath(new URL('./expressible/', import.meta.url))

/** One file for each family. */
const kinds = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .sort()
  .map((path) => parse(readFileSync(join(folder, path), 'utf8')) as Kind)

describe('Every known way to authenticate can be written as a document', () => {
  it.each(kinds.map((kind) => [kind.kind, kind] as const))('%s', (_name, kind) => {
    expect(requestsOf(kind)).toEqual(kind.sent)
  })

  it('each has a unique name', () => {
    expect(kinds.length).toBeGreaterThanOrEqual(74)
    expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(kinds.length)
  })
})
