import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import { describe, expect, it } from 'vitest'
import { parseConnectionDocument } from '@/lib/imports/parse-document'
import { planConnector } from '@/lib/imports/plan-connector'
import type { ConnectorDocument } from '@/lib/imports/document-schema'
import { signer } from '@/lib/platform/crypto/signer'
import type { ConnectorDefinition, EndpointDefinition } from '@/lib/domain/definitions'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import type { OutboundAnswer } from '@/lib/domain/http-messages'
import {
  buildAccessTokenRequest,
  buildOAuth1AuthorizeUrl,
  buildRequestTokenRequest,
} from '@/lib/domain/oauth1/three-legged'
import { buildAuthorizeUrl } from '@/lib/domain/oauth2/authorize-url'
import { callbackNames } from '@/lib/domain/oauth2/callback'
import type { GrantInput } from '@/lib/domain/oauth2/grant-fields'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import { readStepAnswer, readTokenAnswer, type TokenGrant } from '@/lib/domain/oauth2/token-response'
import { exchangeSteps } from '@/lib/domain/oauth2/token-settings'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import { buildProbeRequest } from '@/lib/domain/requests/build-probe-request'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import type { VariableValues } from '@/lib/domain/variables/resolve-variables'
import { valueOf } from '@/tests/support/definition-builders'
import { ed25519, es256, pemOf, rs256 } from '@/tests/support/jwt-vectors'

/**
 * Every way in which real APIs are known to authenticate, as a short document of a made-up one, with the requests that
 * come of it: what the authentication model promises to express without a line of code.
 */

type Kind = {
  kind: string
  /** Of the document, beside its one method. */
  connector?: object
  method: object
  /** Of the instance. */
  values?: Record<string, string>
  /** Of earlier answers. */
  kept?: Record<string, string>
  /** Of the token requests, in their order: JSON, or a text with its headers. */
  answers?: (object | { text: string; headers?: [string, string][] })[]
  refresh?: true
  /** In order, as `what METHOD url | header | body`. */
  sent: string[]
}

const reserved = { now: '2026-03-04T05:06:07.000Z', nonce: '6e6f6e6365', uuid: '0192d0c4-0000-7000-8000-000000000001' }
const redirectUri = 'https://patchbay.test/oauth/authenticate'

/** The definitions of a document, as they are once it is installed. */
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

/** A JWT as what it says: a signature by an elliptic key is never the same twice. */
function readable(text: string): string {
  return text.replace(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g, (jwt) => {
    const [header = '', claims = ''] = jwt.split('.').map((part) => Buffer.from(part, 'base64url').toString())
    return `<${header}${claims}>`
  })
}

function answerOf(given: NonNullable<Kind['answers']>[number]): OutboundAnswer {
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
  const { accessToken, refreshToken, expiresAt, kept } = grant
  const facts = [
    accessToken,
    refreshToken && `refresh ${refreshToken}`,
    expiresAt && `until ${expiresAt.toISOString()}`,
    ...kept.map(({ key, value }) => `${key}=${value}`),
  ]
  return `token ${facts.filter(Boolean).join(' | ')}`
}

/** Everything that a method sends, from the authorise URL to an endpoint request. */
function requestsOf(kind: Kind): string[] {
  const { connector, method, endpoint } = install(kind)
  const sent: string[] = []
  const values: VariableValues = {
    instance: new Map(Object.entries(kind.values ?? {})),
    kept: new Map(Object.entries(kind.kept ?? {})),
  }
  const shared = { connector, method, confirmedOrigins: null }
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
    const answers: OutboundAnswer[] = []
    exchangeSteps(method).forEach((_row, step, rows) => {
      sent.push(
        written(
          'exchange',
          valueOf(buildTokenRequest({ ...shared, values, grant, step, context: { reserved, signer, steps } })),
        ),
      )
      answers.push(answerOf(kind.answers?.[step] ?? { access_token: 'token-1' }))
      if (step === rows.length - 1) return
      for (const [name, value] of valueOf(
        readStepAnswer({ connector, method, values, answers, secrets: [] }) as never,
      ) as [string, string][])
        steps.set(`step${step + 1}.${name}`, value)
    })
    const read = readTokenAnswer({ connector, method, values, answers, secrets: [], now: new Date(reserved.now) })
    if (!read.ok) throw new Error(read.error.message)
    sent.push(said(read.value))
    names = { access_token: read.value.accessToken ?? '', token_type: read.value.tokenType }
    values.kept = new Map([...(values.kept ?? []), ...read.value.kept.map(({ key, value }) => [key, value] as const)])
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

const bearer = { place: 'header', key: 'Authorization', value: 'Bearer {{ access_token }}' }
const onEvery = ['endpoint', 'verify']
const client = { client_id: 'app 1', client_secret: 'secret/1' }
const oauth = {
  authorise: { url: 'https://login.acme.test/authorize' },
  exchange: { url: 'https://login.acme.test/token' },
}
const secret = (key: string) => ({ key, required: true, secret: true })
const needed = (key: string) => ({ key, required: true })
const login = { url: 'https://api.acme.test/login' }

const rsaKey = pemOf(rs256.key)
const ecKey = pemOf(es256.key)
const edKey = pemOf(ed25519.key)
const rsaJwk = JSON.stringify(rs256.key)

const kinds: Kind[] = [
  // Hosts and base URLs
  {
    kind: 'one label of the host',
    connector: { baseUrl: 'https://{{ shop }}.acme.test/v1' },
    method: { type: 'token', variables: [needed('shop')] },
    values: { token: 'key', shop: 'north' },
    sent: ['endpoint GET https://north.acme.test/v1/orders | Authorization: Bearer key'],
  },
  {
    kind: 'part of a label of the host',
    connector: { baseUrl: 'https://{{ resource }}-{{ environment }}.acme.test' },
    method: { type: 'token', variables: [needed('resource'), needed('environment')] },
    values: { token: 'key', resource: 'balance', environment: 'live' },
    sent: ['endpoint GET https://balance-live.acme.test/orders | Authorization: Bearer key'],
  },
  {
    kind: 'a whole host, chosen from a list',
    connector: { baseUrl: '{{ server }}/v1', allowedHosts: ['api.acme.test', 'api.acme.example'] },
    method: {
      type: 'token',
      variables: [
        {
          key: 'server',
          required: true,
          inputKind: 'select',
          options: [
            { value: 'https://api.acme.test', label: 'World' },
            { value: 'https://api.acme.example', label: 'Europe' },
          ],
        },
      ],
    },
    values: { token: 'key', server: 'https://api.acme.example' },
    sent: ['endpoint GET https://api.acme.example/v1/orders | Authorization: Bearer key'],
  },
  {
    kind: 'a server of one’s own, with a port and a path',
    connector: { baseUrl: '{{ server }}/api', allowedHosts: ['erp.acme.test:8443'] },
    method: { type: 'token', variables: [{ key: 'server', required: true, inputKind: 'url' }] },
    values: { token: 'key', server: 'https://erp.acme.test:8443/tenants/7/' },
    sent: ['endpoint GET https://erp.acme.test:8443/tenants/7/api/orders | Authorization: Bearer key'],
  },
  {
    kind: 'the end of the host',
    connector: {
      baseUrl: '{{ country | prepend: "https://www.acme." }}/v1',
      allowedHosts: ['www.acme.test', 'www.acme.example'],
    },
    method: {
      type: 'token',
      variables: [
        {
          key: 'country',
          required: true,
          inputKind: 'select',
          options: [
            { value: 'test', label: 'Test' },
            { value: 'example', label: 'Example' },
          ],
        },
      ],
    },
    values: { token: 'key', country: 'example' },
    sent: ['endpoint GET https://www.acme.example/v1/orders | Authorization: Bearer key'],
  },
  {
    kind: 'a host with another in its place where there is none',
    connector: { baseUrl: '{{ own_server | default: "https://api.acme.test" }}/v1', allowedHosts: ['*.acme.test'] },
    method: { type: 'token', variables: [{ key: 'own_server', inputKind: 'url' }] },
    values: { token: 'key' },
    sent: ['endpoint GET https://api.acme.test/v1/orders | Authorization: Bearer key'],
  },
  {
    kind: 'a region in the host that may be missing',
    connector: {
      baseUrl: '{{ region | prepend: "https://api." | append: ".acme.test" | default: "https://api.acme.test" }}',
      allowedHosts: ['*.acme.test'],
    },
    method: { type: 'token', variables: [{ key: 'region' }] },
    values: { token: 'key', region: 'eu' },
    sent: ['endpoint GET https://api.eu.acme.test/orders | Authorization: Bearer key'],
  },
  {
    kind: 'two hosts, one in place of the other, each of variables',
    connector: { baseUrl: '{{ hostname | prepend: "https://" | default: usual }}/api', allowedHosts: ['*.acme.test'] },
    method: {
      type: 'token',
      variables: [{ key: 'hostname' }, { key: 'subdomain' }],
      options: { computed: [{ key: 'usual', value: 'https://{{ subdomain }}.acme.test' }] },
    },
    values: { token: 'key', subdomain: 'north' },
    sent: ['endpoint GET https://north.acme.test/api/orders | Authorization: Bearer key'],
  },
  {
    kind: 'a base URL of the method’s own',
    method: { type: 'token', options: { baseUrl: 'https://sandbox.acme.test/v2' } },
    values: { token: 'key' },
    sent: ['endpoint GET https://sandbox.acme.test/v2/orders | Authorization: Bearer key'],
  },
  {
    kind: 'an address kept from the token answer',
    connector: { baseUrl: '{{ instance_url }}/services', allowedHosts: ['*.acme.test'] },
    method: {
      type: 'oauth2_client_credentials',
      variables: [{ key: 'instance_url', inputKind: 'url', configurable: false }],
      requests: { exchange: login },
      options: { kept: [{ variable: 'instance_url', path: 'instance_url' }] },
    },
    values: client,
    answers: [{ access_token: 't', instance_url: 'https://eu7.acme.test/rest/abc/' }],
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=client_credentials',
      'token t | instance_url=https://eu7.acme.test/rest/abc/',
      'endpoint GET https://eu7.acme.test/rest/abc/services/orders | Authorization: Bearer t',
    ],
  },
  {
    kind: 'an account in the path',
    connector: { baseUrl: 'https://api.acme.test/accounts/{{ account }}' },
    method: { type: 'token', variables: [needed('account')] },
    values: { token: 'key', account: 'a/1' },
    sent: ['endpoint GET https://api.acme.test/accounts/a%2F1/orders | Authorization: Bearer key'],
  },

  // Credentials with every request
  {
    kind: 'Basic',
    method: { type: 'basic', requests: { verify: { url: '/me' } } },
    values: { username: 'dana', password: 'correct horse' },
    sent: [
      'verify GET https://api.acme.test/me | Authorization: Basic ZGFuYTpjb3JyZWN0IGhvcnNl',
      'endpoint GET https://api.acme.test/orders | Authorization: Basic ZGFuYTpjb3JyZWN0IGhvcnNl',
    ],
  },
  {
    kind: 'Basic with an API key and no password',
    method: { type: 'basic', options: { basic: { password: '' } } },
    values: { username: 'key' },
    sent: ['endpoint GET https://api.acme.test/orders | Authorization: Basic a2V5Og=='],
  },
  {
    kind: 'Basic with a password and no user name',
    method: { type: 'basic', options: { basic: { username: '' } } },
    values: { password: 'key' },
    sent: ['endpoint GET https://api.acme.test/orders | Authorization: Basic OmtleQ=='],
  },
  {
    kind: 'Basic with a fixed word for a password',
    method: { type: 'basic', options: { basic: { password: 'api_token' } } },
    values: { username: 'key' },
    sent: ['endpoint GET https://api.acme.test/orders | Authorization: Basic a2V5OmFwaV90b2tlbg=='],
  },
  {
    kind: 'Basic with more in the user name',
    method: { type: 'basic', options: { basic: { username: '{{ username }}/token' } } },
    values: { username: 'dana@acme.test', password: 'key' },
    sent: ['endpoint GET https://api.acme.test/orders | Authorization: Basic ZGFuYUBhY21lLnRlc3QvdG9rZW46a2V5'],
  },
  {
    kind: 'Basic of three parts',
    method: {
      type: 'token',
      variables: [needed('username'), secret('password')],
      options: {
        computed: [{ key: 'three', value: '{{ token }}:{{ username }}:{{ password }}' }],
        placement: { place: 'header', key: 'Authorization', value: 'Basic {{ three | base64_encode }}' },
      },
    },
    values: { token: 'key', username: 'dana', password: 'pw' },
    sent: ['endpoint GET https://api.acme.test/orders | Authorization: Basic a2V5OmRhbmE6cHc='],
  },
  {
    kind: 'a token without a scheme',
    method: { type: 'token', options: { placement: { place: 'header', key: 'Authorization', value: '{{ token }}' } } },
    values: { token: 'key' },
    sent: ['endpoint GET https://api.acme.test/orders | Authorization: key'],
  },
  {
    kind: 'a scheme of the vendor’s own',
    method: {
      type: 'token',
      options: { placement: { place: 'header', key: 'Authorization', value: 'Token token="{{ token }}"' } },
    },
    values: { token: 'key' },
    sent: ['endpoint GET https://api.acme.test/orders | Authorization: Token token="key"'],
  },
  {
    kind: 'a header of the vendor’s own',
    method: { type: 'token', options: { placement: { place: 'header', key: 'X-API-Key', value: '{{ token }}' } } },
    values: { token: 'key' },
    sent: ['endpoint GET https://api.acme.test/orders | X-API-Key: key'],
  },
  {
    kind: 'several headers at once, one of them optional',
    method: {
      type: 'token',
      variables: [needed('app_id'), { key: 'version', defaultValue: '2026-01' }, { key: 'on_behalf' }],
      parameters: [
        { in: 'header', key: 'X-App-Id', value: '{{ app_id }}', sentWith: onEvery },
        { in: 'header', key: 'X-Version', value: '{{ version }}', sentWith: onEvery },
        { in: 'header', key: 'X-On-Behalf', value: '{{ on_behalf }}', required: false, sentWith: onEvery },
      ],
      options: { placement: { place: 'header', key: 'X-App-Key', value: '{{ token }}' } },
    },
    values: { token: 'key', app_id: '7' },
    sent: ['endpoint GET https://api.acme.test/orders | X-App-Id: 7 | X-Version: 2026-01 | X-App-Key: key'],
  },
  {
    kind: 'a key in the query',
    method: { type: 'token', options: { placement: { place: 'url', key: 'api_key', value: '{{ token }}' } } },
    values: { token: 'k&y' },
    sent: ['endpoint GET https://api.acme.test/orders?api_key=k%26y'],
  },
  {
    kind: 'two keys in the query and one in a header',
    method: {
      type: 'token',
      variables: [secret('app_key')],
      parameters: [
        { in: 'url', key: 'application_key', value: '{{ app_key }}', sentWith: onEvery },
        { in: 'header', key: 'Api-Key', value: '{{ token }}', sentWith: onEvery },
      ],
      options: { placement: { place: 'url', key: 'accesskey', value: '{{ token }}' } },
    },
    values: { token: 'key', app_key: 'app' },
    sent: ['endpoint GET https://api.acme.test/orders?application_key=app&accesskey=key | Api-Key: key'],
  },
  {
    kind: 'a key in the path of the test request',
    method: {
      type: 'token',
      requests: { verify: { url: '/keys/{{ token }}' } },
      options: { placement: { place: 'header', key: 'X-Key', value: '{{ token }}' } },
    },
    values: { token: 'k/1' },
    sent: [
      'verify GET https://api.acme.test/keys/k%2F1 | X-Key: k/1',
      'endpoint GET https://api.acme.test/orders | X-Key: k/1',
    ],
  },
  {
    kind: 'a key in a JSON body',
    connector: {
      endpoints: [{ name: 'Orders', method: 'POST', url: '/orders', bodyFormat: 'json', body: '{"page": 1}' }],
    },
    method: {
      type: 'token',
      variables: [needed('email')],
      requests: { verify: { method: 'POST', url: '/me', bodyFormat: 'json', body: '{"query": {"match_all": {}}}' } },
      parameters: [{ in: 'body', key: 'email', value: '{{ email }}', sentWith: onEvery }],
      options: { placement: { place: 'body', key: 'api_key', value: '{{ token }}' } },
    },
    values: { token: 'key', email: 'dana@acme.test' },
    sent: [
      'verify POST https://api.acme.test/me | Content-Type: application/json | {"query":{"match_all":{}},"email":"dana@acme.test","api_key":"key"}',
      'endpoint POST https://api.acme.test/orders | Content-Type: application/json | {"page":1,"email":"dana@acme.test","api_key":"key"}',
    ],
  },
  {
    kind: 'keys nested in a JSON body',
    connector: {
      endpoints: [
        {
          name: 'Orders',
          method: 'POST',
          url: '/orders',
          bodyFormat: 'json',
          body: '{"auth": {"acctId": "{{ account }}", "key": "{{ token }}"}}',
        },
      ],
    },
    method: {
      type: 'token',
      variables: [needed('account')],
      options: { placement: { place: 'none', key: '', value: '' } },
    },
    values: { token: 'key', account: '7' },
    sent: [
      'endpoint POST https://api.acme.test/orders | Content-Type: application/json | {"auth":{"acctId":"7","key":"key"}}',
    ],
  },
  {
    kind: 'a cookie',
    method: { type: 'token', options: { placement: { place: 'cookie', key: 'session', value: '{{ token }}' } } },
    values: { token: 'key' },
    sent: ['endpoint GET https://api.acme.test/orders | Cookie: session=key'],
  },
  {
    kind: 'nothing',
    method: { type: 'none' },
    sent: ['endpoint GET https://api.acme.test/orders'],
  },

  // OAuth 2 with a person
  {
    kind: 'authorisation code with PKCE',
    method: {
      type: 'oauth2_authorization_code',
      variables: [{ key: 'scope', defaultValue: 'read write' }],
      requests: oauth,
      options: {},
    },
    values: client,
    answers: [{ access_token: 't', refresh_token: 'r', expires_in: 3600 }],
    refresh: true,
    sent: [
      'authorise https://login.acme.test/authorize?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&scope=read%20write&state=state-1&code_challenge=challenge-1&code_challenge_method=S256',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&code_verifier=verifier-1',
      'token t | refresh r | until 2026-03-04T06:06:07.000Z',
      'refresh POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=refresh_token&refresh_token=r',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer t',
    ],
  },
  {
    kind: 'authorisation code with the client in the body, as JSON',
    method: {
      type: 'oauth2_authorization_code',
      requests: oauth,
      options: { pkce: 'off', clientAuthentication: 'client_secret_post', requestEncoding: 'json' },
    },
    values: client,
    answers: [{ access_token: 't', refresh_token: 'r' }],
    refresh: true,
    sent: [
      'authorise https://login.acme.test/authorize?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1',
      'exchange POST https://login.acme.test/token | Content-Type: application/json | {"grant_type":"authorization_code","code":"code-1","redirect_uri":"https://patchbay.test/oauth/authenticate","client_id":"app 1","client_secret":"secret/1"}',
      'token t | refresh r',
      'refresh POST https://login.acme.test/token | Content-Type: application/json | {"grant_type":"refresh_token","refresh_token":"r","client_id":"app 1","client_secret":"secret/1"}',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer t',
    ],
  },
  {
    kind: 'a registered public client',
    method: { type: 'oauth2_authorization_code', requests: oauth, options: { clientAuthentication: 'none' } },
    values: { client_id: 'app' },
    sent: [
      'authorise https://login.acme.test/authorize?response_type=code&client_id=app&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1&code_challenge=challenge-1&code_challenge_method=S256',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&code_verifier=verifier-1&client_id=app',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'scopes with + between, as they are typed',
    method: {
      type: 'oauth2_authorization_code',
      variables: [{ key: 'scope', defaultValue: 'a:read b:read' }],
      requests: oauth,
      options: { pkce: 'off', scopeSeparator: '+', unencodedParameters: ['scope'] },
    },
    values: client,
    sent: [
      'authorise https://login.acme.test/authorize?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1&scope=a:read+b:read',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'scopes with a comma between and further authorise parameters',
    method: {
      type: 'oauth2_authorization_code',
      variables: [{ key: 'scope', defaultValue: 'a b' }, { key: 'launch' }],
      requests: oauth,
      parameters: [
        { in: 'url', key: 'access_type', value: 'offline', sentWith: ['authorise'] },
        { in: 'url', key: 'nonce', value: '{{ uuid }}', sentWith: ['authorise'] },
        { in: 'url', key: 'launch', value: '{{ launch }}', required: false, sentWith: ['authorise'] },
      ],
      options: { pkce: 'off', scopeSeparator: ',' },
    },
    values: client,
    sent: [
      'authorise https://login.acme.test/authorize?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&scope=a%2Cb&state=state-1&access_type=offline&nonce=0192d0c4-0000-7000-8000-000000000001',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'names of the vendor’s own everywhere',
    method: {
      type: 'oauth2_authorization_code',
      requests: oauth,
      options: {
        pkce: 'off',
        clientAuthentication: 'client_secret_post',
        parameterNames: [
          { standard: 'client_id', sent: 'client_key' },
          { standard: 'code', sent: 'auth_code' },
        ],
      },
    },
    values: client,
    sent: [
      'authorise https://login.acme.test/authorize?response_type=code&client_key=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1',
      'callback {"state":"state","code":"auth_code"}',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | grant_type=authorization_code&auth_code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&client_key=app+1&client_secret=secret%2F1',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'names of the vendor’s own in the authorise URL alone',
    method: {
      type: 'oauth2_authorization_code',
      requests: oauth,
      options: {
        pkce: 'off',
        clientAuthentication: 'client_secret_post',
        parameterNames: [
          { standard: 'client_id', sent: 'clientId', where: 'authorise' },
          { standard: 'redirect_uri', sent: 'redirectUri', where: 'authorise' },
          { standard: 'response_type', sent: '', where: 'authorise' },
        ],
      },
    },
    values: client,
    sent: [
      'authorise https://login.acme.test/authorize?clientId=app%201&redirectUri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1',
      'callback {"state":"state","code":"code"}',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&client_id=app+1&client_secret=secret%2F1',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'a code by another name in the callback alone',
    method: {
      type: 'oauth2_authorization_code',
      requests: oauth,
      options: { pkce: 'off', parameterNames: [{ standard: 'code', sent: 'acme_code', where: 'callback' }] },
    },
    values: client,
    sent: [
      'authorise https://login.acme.test/authorize?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1',
      'callback {"state":"state","code":"acme_code"}',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'an authorise page behind a fragment',
    method: {
      type: 'oauth2_authorization_code',
      requests: { ...oauth, authorise: { url: 'https://app.acme.test/#/oauth/authorize' } },
      options: { pkce: 'off' },
    },
    values: client,
    sent: [
      'authorise https://app.acme.test/#/oauth/authorize?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'consent without a code, then the client’s own token',
    method: {
      type: 'oauth2_authorization_code',
      variables: [{ key: 'grant_type', defaultValue: 'client_credentials' }, needed('tenant')],
      requests: {
        authorise: { url: 'https://login.acme.test/{{ tenant }}/adminconsent' },
        exchange: { url: 'https://login.acme.test/{{ tenant }}/token' },
      },
      parameters: [{ in: 'body', key: 'scope', value: 'https://api.acme.test/.default', sentWith: ['exchange'] }],
      options: {
        pkce: 'off',
        clientAuthentication: 'client_secret_post',
        refreshBy: 'exchange',
        parameterNames: [{ standard: 'code', sent: '' }],
      },
    },
    values: { ...client, tenant: 'acme' },
    sent: [
      'authorise https://login.acme.test/acme/adminconsent?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1',
      'callback {"state":"state","code":null}',
      'exchange POST https://login.acme.test/acme/token | Content-Type: application/x-www-form-urlencoded | scope=https%3A%2F%2Fapi.acme.test%2F.default&grant_type=client_credentials&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&client_id=app+1&client_secret=secret%2F1',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'values kept from the callback',
    connector: { baseUrl: 'https://api.acme.test/{{ realm }}' },
    method: {
      type: 'oauth2_authorization_code',
      variables: [{ key: 'realm', configurable: false }],
      requests: oauth,
      options: { pkce: 'off', keptFromCallback: [{ variable: 'realm', parameter: 'realmId' }] },
    },
    values: client,
    kept: { realm: '123' },
    sent: [
      'authorise https://login.acme.test/authorize?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate',
      'token token-1',
      'endpoint GET https://api.acme.test/123/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'a token nested in the answer, and another beside it',
    method: {
      type: 'oauth2_authorization_code',
      variables: [{ key: 'response_authentication_token_key', defaultValue: 'authed_user.access_token' }],
      requests: oauth,
      options: { pkce: 'off', kept: [{ variable: 'bot_token', path: 'access_token', secret: true }] },
    },
    values: client,
    answers: [{ access_token: 'bot', authed_user: { access_token: 'user', token_type: 'user' } }],
    sent: [
      'authorise https://login.acme.test/authorize?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate',
      'token user | bot_token=bot',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer user',
    ],
  },
  {
    kind: 'a refresh of its own URL and parameters',
    method: {
      type: 'oauth2_authorization_code',
      requests: { ...oauth, refresh: { url: 'https://login.acme.test/token?refresh' } },
      parameters: [{ in: 'body', key: 'request', value: 'refresh', sentWith: ['refresh'] }],
      options: { pkce: 'off' },
    },
    values: client,
    answers: [{ access_token: 't', refresh_token: 'r' }],
    refresh: true,
    sent: [
      'authorise https://login.acme.test/authorize?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate',
      'token t | refresh r',
      'refresh POST https://login.acme.test/token?refresh | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | request=refresh&grant_type=refresh_token&refresh_token=r',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer t',
    ],
  },
  {
    kind: 'a refresh by the access token, as a GET',
    method: {
      type: 'oauth2_authorization_code',
      variables: [{ key: 'refresh_grant_type', defaultValue: 'acme_refresh_token' }],
      requests: {
        ...oauth,
        refresh: { method: 'GET', url: 'https://graph.acme.test/refresh', clientAuthentication: 'nothing' },
      },
      options: { pkce: 'off', refreshBy: 'access_token' },
    },
    values: client,
    answers: [{ access_token: 't', expires_in: 5184000 }],
    refresh: true,
    sent: [
      'authorise https://login.acme.test/authorize?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate',
      'token t | until 2026-05-03T05:06:07.000Z',
      'refresh GET https://graph.acme.test/refresh?grant_type=acme_refresh_token&access_token=t',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer t',
    ],
  },
  {
    kind: 'the client ID and secret in a header of endpoint requests',
    method: {
      type: 'oauth2_authorization_code',
      requests: oauth,
      parameters: [{ in: 'header', key: 'X-Api-Key', value: '{{ client_id }}:{{ client_secret }}', sentWith: onEvery }],
      options: { pkce: 'off' },
    },
    values: client,
    sent: [
      'authorise https://login.acme.test/authorize?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | X-Api-Key: app 1:secret/1 | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'a secret header besides OAuth',
    method: {
      type: 'oauth2_authorization_code',
      variables: [secret('subscription')],
      requests: oauth,
      parameters: [{ in: 'header', key: 'Subscription-Key', value: '{{ subscription }}', sentWith: onEvery }],
      options: { pkce: 'off', placement: { place: 'header', key: 'X-Access-Token', value: '{{ access_token }}' } },
    },
    values: { ...client, subscription: 'sub' },
    sent: [
      'authorise https://login.acme.test/authorize?response_type=code&client_id=app%201&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate&state=state-1',
      'exchange POST https://login.acme.test/token | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Subscription-Key: sub | X-Access-Token: token-1',
    ],
  },
  {
    kind: 'lifetimes in milliseconds',
    method: {
      type: 'oauth2_client_credentials',
      requests: { exchange: login },
      options: { expiryUnit: 'milliseconds' },
    },
    values: client,
    answers: [{ access_token: 't', expires_in: 900000 }],
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | grant_type=client_credentials',
      'token t | until 2026-03-04T05:21:07.000Z',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer t',
    ],
  },

  // OAuth 2 without a person
  {
    kind: 'client credentials with a scope and an audience',
    method: {
      type: 'oauth2_client_credentials',
      variables: [{ key: 'scope', defaultValue: 'a b' }],
      requests: { exchange: login },
      parameters: [{ in: 'body', key: 'audience', value: 'https://api.acme.test', sentWith: ['exchange'] }],
    },
    values: client,
    answers: [{ access_token: 't', expires_in: 60 }],
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ== | audience=https%3A%2F%2Fapi.acme.test&grant_type=client_credentials&scope=a+b',
      'token t | until 2026-03-04T05:07:07.000Z',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer t',
    ],
  },
  {
    kind: 'client credentials in the query',
    method: { type: 'oauth2_client_credentials', requests: { exchange: { ...login, bodyFormat: 'none' } } },
    values: client,
    sent: [
      'exchange POST https://api.acme.test/login?grant_type=client_credentials | Authorization: Basic YXBwKzE6c2VjcmV0JTJGMQ==',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'a user’s password',
    method: {
      type: 'oauth2_client_credentials',
      variables: [{ key: 'grant_type', defaultValue: 'password' }, needed('username'), secret('password')],
      requests: { exchange: login },
      parameters: [
        { in: 'body', key: 'username', value: '{{ username }}', sentWith: ['exchange'] },
        { in: 'body', key: 'password', value: '{{ password }}', sentWith: ['exchange'] },
      ],
      options: { clientAuthentication: 'client_secret_post' },
    },
    values: { ...client, username: 'dana', password: 'p&w' },
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/x-www-form-urlencoded | username=dana&password=p%26w&grant_type=password&client_id=app+1&client_secret=secret%2F1',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'a header of the vendor’s own at the token endpoint',
    method: {
      type: 'oauth2_client_credentials',
      requests: { exchange: { ...login, clientAuthentication: 'nothing' } },
      variables: [needed('id'), secret('key')],
      parameters: [
        { in: 'header', key: 'Authorization', value: 'ID {{ pair | base64_encode }}', sentWith: ['exchange'] },
      ],
      options: { clientAuthentication: 'nothing', computed: [{ key: 'pair', value: '{{ id }}:{{ key }}' }] },
    },
    values: { id: 'app', key: 'secret' },
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/x-www-form-urlencoded | Authorization: ID YXBwOnNlY3JldA== | grant_type=client_credentials',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'a client that signs who it is',
    method: {
      type: 'oauth2_client_credentials',
      variables: [secret('private_key'), needed('key_id')],
      requests: { exchange: login },
      options: {
        clientAuthentication: 'private_key_jwt',
        jwt: {
          algorithm: 'ES256',
          lifetime: '300',
          header: [{ name: 'kid', value: '{{ key_id }}' }],
          claims: [{ name: 'jti', value: '{{ uuid }}' }],
        },
      },
    },
    values: { client_id: 'app', private_key: ecKey, key_id: 'k1' },
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/x-www-form-urlencoded | grant_type=client_credentials&client_id=app&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=<{"alg":"ES256","typ":"JWT","kid":"k1"}{"iss":"app","sub":"app","aud":"https://api.acme.test/login","iat":1772600767,"exp":1772601067,"jti":"0192d0c4-0000-7000-8000-000000000001"}>',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'a client that signs with a JWK and names its certificate',
    method: {
      type: 'oauth2_client_credentials',
      variables: [secret('private_key'), needed('thumbprint')],
      requests: { exchange: login },
      options: {
        clientAuthentication: 'private_key_jwt',
        jwt: {
          algorithm: 'RS256',
          header: [{ name: 'x5t#S256', value: '{{ thumbprint }}' }],
          claims: [{ name: 'aud', value: 'https://login.acme.test/' }],
        },
      },
    },
    values: { client_id: 'app', private_key: rsaJwk, thumbprint: 'abc' },
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/x-www-form-urlencoded | grant_type=client_credentials&client_id=app&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=<{"alg":"RS256","typ":"JWT","x5t#S256":"abc"}{"iss":"app","sub":"app","iat":1772600767,"exp":1772601067,"jti":"0192d0c4-0000-7000-8000-000000000001-client","aud":"https://login.acme.test/"}>',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },

  // Tokens by requests of the method's own
  {
    kind: 'a log-in as JSON',
    method: {
      type: 'token_exchange',
      variables: [needed('username'), secret('password')],
      requests: {
        exchange: {
          ...login,
          bodyFormat: 'json',
          body: '{"credentials": {"name": "{{ username }}", "secret": "{{ password }}", "site": {"contentUrl": ""}}, "isEncrypted": false}',
        },
      },
      options: {
        tokenPath: 'credentials.token',
        expiryPath: 'credentials.estimated',
        expiryUnit: 'duration',
        placement: { place: 'header', key: 'X-Acme-Auth', value: '{{ access_token }}' },
      },
    },
    values: { username: 'da"na', password: 'pw' },
    answers: [{ credentials: { token: 't', estimated: '1:30:00' } }],
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/json | {"credentials":{"name":"da\\"na","secret":"pw","site":{"contentUrl":""}},"isEncrypted":false}',
      'token t | until 2026-03-04T06:36:07.000Z',
      'endpoint GET https://api.acme.test/orders | X-Acme-Auth: t',
    ],
  },
  {
    kind: 'a log-in by GET whose whole answer is the token',
    method: {
      type: 'token_exchange',
      variables: [needed('username'), secret('password')],
      requests: {
        exchange: {
          method: 'GET',
          url: 'https://api.acme.test/authenticate?username={{ username }}&password={{ password }}',
        },
      },
      options: { tokenPath: 'text:', defaultLifetimeSeconds: 3600 },
    },
    values: { username: 'dana', password: 'p&w' },
    answers: [{ text: '"token-7"\n' }],
    sent: [
      'exchange GET https://api.acme.test/authenticate?username=dana&password=p%26w',
      'token token-7 | until 2026-03-04T06:06:07.000Z',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-7',
    ],
  },
  {
    kind: 'a log-in by a GraphQL mutation',
    method: {
      type: 'token_exchange',
      variables: [needed('email'), secret('password')],
      requests: {
        exchange: {
          ...login,
          bodyFormat: 'json',
          body: '{"query": "mutation ($e: String!, $p: String!) { signIn(email: $e, password: $p) { token } }", "variables": {"e": "{{ email }}", "p": "{{ password }}"}}',
        },
      },
      options: { tokenPath: 'data.signIn.token' },
    },
    values: { email: 'dana@acme.test', password: 'pw' },
    answers: [{ data: { signIn: { token: 't' } } }],
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/json | {"query":"mutation ($e: String!, $p: String!) { signIn(email: $e, password: $p) { token } }","variables":{"e":"dana@acme.test","p":"pw"}}',
      'token t',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer t',
    ],
  },
  {
    kind: 'a log-in as XML',
    method: {
      type: 'token_exchange',
      variables: [needed('user'), secret('password')],
      requests: {
        exchange: {
          ...login,
          bodyFormat: 'xml',
          body: '<request><control id="{{ now | date: \'unix\' }}"/><login><userid>{{ user }}</userid><password>{{ password }}</password></login></request>',
        },
      },
      options: {
        tokenPath: 'response.operation.sessionid',
        expiryPath: 'response.operation.timeout',
        expiryUnit: 'iso',
      },
    },
    values: { user: 'dana', password: 'p<w' },
    answers: [
      {
        text: '<response><operation><sessionid>s1..</sessionid><timeout>2026-03-04T09:00:00+00:00</timeout></operation></response>',
      },
    ],
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/xml; charset=utf-8 | <request><control id="1772600767"/><login><userid>dana</userid><password>p&lt;w</password></login></request>',
      'token s1.. | until 2026-03-04T09:00:00.000Z',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer s1..',
    ],
  },
  {
    kind: 'a session in several cookies',
    method: {
      type: 'token_exchange',
      variables: [secret('password'), { key: 'route', configurable: false }],
      requests: { exchange: { ...login, bodyFormat: 'json', body: '{"Password": "{{ password }}"}' } },
      parameters: [{ in: 'header', key: 'Cookie', value: 'ROUTEID={{ route }}', required: false, sentWith: onEvery }],
      options: {
        tokenPath: 'cookie:SESSION',
        expiryPath: 'SessionTimeout',
        expiryUnit: 'minutes',
        kept: [{ variable: 'route', path: 'cookie:ROUTEID' }],
        placement: { place: 'cookie', key: 'SESSION', value: '{{ access_token }}' },
      },
    },
    values: { password: 'pw' },
    answers: [
      {
        text: '{"SessionTimeout": 30}',
        headers: [
          ['Set-Cookie', 'SESSION=abc; Path=/; HttpOnly'],
          ['Set-Cookie', 'ROUTEID=.node1; Path=/'],
        ],
      },
    ],
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/json | {"Password":"pw"}',
      'token abc | until 2026-03-04T05:36:07.000Z | route=.node1',
      'endpoint GET https://api.acme.test/orders | Cookie: ROUTEID=.node1; SESSION=abc',
    ],
  },
  {
    kind: 'three requests, each from the answer before',
    connector: { baseUrl: '{{ server }}/Platform', allowedHosts: ['*.acme.test'] },
    method: {
      type: 'token_exchange',
      variables: [{ key: 'server', required: true, inputKind: 'url' }, needed('username'), secret('password')],
      requests: {
        exchange: [
          {
            method: 'GET',
            url: '/IdentityServiceInfo',
            extract: [{ variable: 'identity', path: 'IdentityServiceUrl' }],
          },
          {
            method: 'GET',
            url: '{{ step1.identity }}/.well-known/openid-configuration',
            extract: [{ variable: 'endpoint', path: 'token_endpoint' }],
          },
          {
            url: '{{ step2.endpoint }}',
            bodyFormat: 'form',
            body: 'grant_type=password&username={{ username }}&password={{ password }}',
          },
        ],
      },
    },
    values: { server: 'https://north.acme.test', username: 'dana', password: 'p&w' },
    answers: [
      { IdentityServiceUrl: 'https://login.acme.test/0f-7a' },
      { token_endpoint: 'https://login.acme.test/0f-7a/connect/token' },
      { access_token: 't', expires_in: 60 },
    ],
    sent: [
      'exchange GET https://north.acme.test/Platform/IdentityServiceInfo',
      'exchange GET https://login.acme.test/0f-7a/.well-known/openid-configuration',
      'exchange POST https://login.acme.test/0f-7a/connect/token | Content-Type: application/x-www-form-urlencoded | grant_type=password&username=dana&password=p%26w',
      'token t | until 2026-03-04T05:07:07.000Z',
      'endpoint GET https://north.acme.test/Platform/orders | Authorization: Bearer t',
    ],
  },
  {
    kind: 'a token that is exchanged for another',
    method: {
      type: 'token_exchange',
      variables: [needed('id'), secret('key')],
      requests: {
        exchange: [
          {
            ...login,
            bodyFormat: 'form',
            body: 'grant_type=client_credentials',
            extract: [{ variable: 'access_token', path: 'access_token', secret: true }],
          },
          { method: 'POST', url: 'https://api.acme.test/session', bodyFormat: 'none' },
        ],
      },
      parameters: [
        {
          in: 'header',
          key: 'Authorization',
          value: 'Basic {{ pair | base64_encode }}',
          sentWith: ['exchange'],
          steps: [0],
        },
        {
          in: 'header',
          key: 'Authorization',
          value: 'Bearer {{ step1.access_token }}',
          sentWith: ['exchange'],
          steps: [1],
        },
      ],
      options: {
        computed: [{ key: 'pair', value: '{{ id }}:{{ key }}' }],
        tokenPath: 'sessionId',
        placement: { ...bearer, value: '{{ access_token }}' },
      },
    },
    values: { id: 'app', key: 'secret' },
    answers: [{ access_token: 'first' }, { sessionId: 'second' }],
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/x-www-form-urlencoded | Authorization: Basic YXBwOnNlY3JldA== | grant_type=client_credentials',
      'exchange POST https://api.acme.test/session | Authorization: Bearer first',
      'token second',
      'endpoint GET https://api.acme.test/orders | Authorization: second',
    ],
  },
  {
    kind: 'a refresh as the vendor wants it',
    method: {
      type: 'token_exchange',
      variables: [needed('id'), secret('key')],
      requests: {
        exchange: { ...login, bodyFormat: 'json', body: '{"ClientId": "{{ id }}", "Secret": "{{ key }}"}' },
        refresh: {
          url: 'https://api.acme.test/login/refresh',
          bodyFormat: 'json',
          body: '{"RefreshToken": "{{ refresh_token }}"}',
        },
      },
      options: { tokenPath: 'Token', refreshTokenPath: 'RefreshToken', refreshBy: 'refresh_token' },
    },
    values: { id: 'app', key: 'secret' },
    answers: [{ Token: 't', RefreshToken: 'r' }],
    refresh: true,
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/json | {"ClientId":"app","Secret":"secret"}',
      'token t | refresh r',
      'refresh POST https://api.acme.test/login/refresh | Content-Type: application/json | {"RefreshToken":"r"}',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer t',
    ],
  },
  {
    kind: 'a refresh with the token in the Authorization header',
    method: {
      type: 'token_exchange',
      variables: [secret('key')],
      requests: { exchange: { ...login, bodyFormat: 'none' }, refresh: { bodyFormat: 'none' } },
      parameters: [
        { in: 'header', key: 'Authorization', value: 'Bearer {{ key }}', sentWith: ['exchange'] },
        { in: 'header', key: 'Authorization', value: 'Bearer {{ access_token }}', sentWith: ['refresh'] },
      ],
      options: { refreshBy: 'access_token' },
    },
    values: { key: 'personal' },
    answers: [{ access_token: 't', expires_in: 60 }],
    refresh: true,
    sent: [
      'exchange POST https://api.acme.test/login | Authorization: Bearer personal',
      'token t | until 2026-03-04T05:07:07.000Z',
      'refresh POST https://api.acme.test/login | Authorization: Bearer t',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer t',
    ],
  },
  {
    kind: 'a token that is one side of Basic, valid until a day that is asked for',
    method: {
      type: 'token_exchange',
      variables: [secret('consumer'), { key: 'company', defaultValue: '0' }],
      requests: { exchange: { method: 'PUT', url: 'https://api.acme.test/session/:create', bodyFormat: 'none' } },
      parameters: [
        { in: 'url', key: 'consumerToken', value: '{{ consumer }}', sentWith: ['exchange'] },
        { in: 'url', key: 'expirationDate', value: '{{ now | date: "%Y-%m-%d", "+7d" }}', sentWith: ['exchange'] },
      ],
      options: {
        computed: [{ key: 'pair', value: '{{ company }}:{{ access_token }}' }],
        tokenPath: 'value.token',
        expiryPath: 'value.expirationDate',
        expiryUnit: 'iso',
        placement: { place: 'header', key: 'Authorization', value: 'Basic {{ pair | base64_encode }}' },
      },
    },
    values: { consumer: 'eyJ0b2tlbklkIjoxfQ==' },
    answers: [{ value: { token: 't', expirationDate: '2026-03-11' } }],
    sent: [
      'exchange PUT https://api.acme.test/session/:create?consumerToken=eyJ0b2tlbklkIjoxfQ%3D%3D&expirationDate=2026-03-11',
      'token t | until 2026-03-11T00:00:00.000Z',
      'endpoint GET https://api.acme.test/orders | Authorization: Basic MDp0',
    ],
  },
  {
    kind: 'an assertion that a person brings along',
    method: {
      type: 'token_exchange',
      variables: [needed('company'), secret('assertion')],
      requests: {
        exchange: {
          ...login,
          bodyFormat: 'form',
          body: 'company_id={{ company }}&grant_type=urn:ietf:params:oauth:grant-type:saml2-bearer&assertion={{ assertion }}',
        },
      },
    },
    values: { company: 'acme', assertion: 'PHNhbWw+' },
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/x-www-form-urlencoded | company_id=acme&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Asaml2-bearer&assertion=PHNhbWw%2B',
      'token token-1',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer token-1',
    ],
  },
  {
    kind: 'an installation that is exchanged for a token',
    method: {
      type: 'token_exchange',
      variables: [needed('app_id'), needed('installation_id'), secret('private_key')],
      requests: {
        exchange: {
          method: 'POST',
          url: 'https://api.acme.test/app/installations/{{ installation_id }}/access_tokens',
          bodyFormat: 'none',
        },
      },
      parameters: [{ in: 'header', key: 'Authorization', value: 'Bearer {{ signed_jwt }}', sentWith: ['exchange'] }],
      options: {
        tokenPath: 'token',
        expiryPath: 'expires_at',
        expiryUnit: 'iso',
        jwt: { algorithm: 'RS256', lifetime: '600', claims: [{ name: 'iss', value: '{{ app_id }}' }] },
      },
    },
    values: { app_id: '7', installation_id: '42', private_key: rsaKey },
    answers: [{ token: 't', expires_at: '2026-03-04T06:05:00Z' }],
    sent: [
      'exchange POST https://api.acme.test/app/installations/42/access_tokens | Authorization: Bearer <{"alg":"RS256","typ":"JWT"}{"iat":1772600767,"exp":1772601367,"jti":"0192d0c4-0000-7000-8000-000000000001","iss":"7"}>',
      'token t | until 2026-03-04T06:05:00.000Z',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer t',
    ],
  },

  // Signed JWTs
  {
    kind: 'a JWT with every request',
    method: {
      type: 'signed_jwt',
      options: {
        jwt: {
          algorithm: 'ES256',
          lifetime: '900',
          header: [{ name: 'kid', value: '{{ key_id }}' }],
          claims: [
            { name: 'iss', value: '{{ issuer }}' },
            { name: 'aud', value: 'acme-v1' },
            { name: 'scope', value: 'GET/orders GET/items', kind: 'list' },
          ],
        },
      },
    },
    values: { private_key: ecKey, key_id: 'k1', issuer: 'i1' },
    sent: [
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer <{"alg":"ES256","typ":"JWT","kid":"k1"}{"iat":1772600767,"exp":1772601667,"jti":"0192d0c4-0000-7000-8000-000000000001","iss":"i1","aud":"acme-v1","scope":["GET/orders","GET/items"]}>',
    ],
  },
  {
    kind: 'a JWT by the two halves of one key',
    method: {
      type: 'signed_jwt',
      options: {
        jwt: {
          algorithm: 'HS256',
          key: '{{ private_key | split: ":", "1" }}',
          keyEncoding: 'hex',
          header: [{ name: 'kid', value: '{{ private_key | split: ":", "0" }}' }],
          claims: [{ name: 'aud', value: '/admin/' }],
        },
        placement: { place: 'header', key: 'Authorization', value: 'Acme {{ signed_jwt }}' },
      },
    },
    values: { private_key: '5f1d:00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff' },
    sent: [
      'endpoint GET https://api.acme.test/orders | Authorization: Acme <{"alg":"HS256","typ":"JWT","kid":"5f1d"}{"iat":1772600767,"exp":1772601067,"jti":"0192d0c4-0000-7000-8000-000000000001","aud":"/admin/"}>',
    ],
  },
  {
    kind: 'a JWT whose issuer names the key',
    method: {
      type: 'signed_jwt',
      variables: [needed('account'), needed('user'), needed('fingerprint')],
      parameters: [{ in: 'header', key: 'X-Authorization-Token-Type', value: 'KEYPAIR_JWT', sentWith: onEvery }],
      options: {
        jwt: {
          algorithm: 'RS256',
          lifetime: '3600',
          claims: [
            { name: 'iss', value: '{{ account | upcase }}.{{ user | upcase }}.{{ fingerprint }}' },
            { name: 'sub', value: '{{ account | upcase }}.{{ user | upcase }}' },
          ],
        },
      },
    },
    values: { private_key: rsaKey, account: 'acme', user: 'dana', fingerprint: 'SHA256:abc=' },
    sent: [
      'endpoint GET https://api.acme.test/orders | X-Authorization-Token-Type: KEYPAIR_JWT | Authorization: Bearer <{"alg":"RS256","typ":"JWT"}{"iat":1772600767,"exp":1772604367,"jti":"0192d0c4-0000-7000-8000-000000000001","iss":"ACME.DANA.SHA256:abc=","sub":"ACME.DANA"}>',
    ],
  },
  {
    kind: 'a JWT that is exchanged for a token, for somebody else',
    method: {
      type: 'signed_jwt',
      variables: [{ key: 'subject' }],
      requests: { exchange: login },
      options: {
        jwt: {
          claims: [
            { name: 'iss', value: '{{ issuer }}' },
            { name: 'scope', value: 'https://acme.test/read' },
            { name: 'aud', value: 'https://api.acme.test/login' },
            { name: 'sub', value: '{{ subject }}' },
          ],
        },
      },
    },
    values: { private_key: rsaKey, issuer: 'svc@acme.test' },
    answers: [{ access_token: 't', expires_in: 3600 }],
    sent: [
      'exchange POST https://api.acme.test/login | Content-Type: application/x-www-form-urlencoded | grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=<{"alg":"RS256","typ":"JWT"}{"iat":1772600767,"exp":1772601067,"jti":"0192d0c4-0000-7000-8000-000000000001","iss":"svc@acme.test","scope":"https://acme.test/read","aud":"https://api.acme.test/login"}>',
      'token t | until 2026-03-04T06:06:07.000Z',
      'endpoint GET https://api.acme.test/orders | Authorization: Bearer t',
    ],
  },

  // Signatures
  {
    kind: 'AWS Signature Version 4',
    connector: { baseUrl: 'https://{{ service }}.{{ region }}.acme.test' },
    method: {
      type: 'request_signature',
      variables: [needed('access_key'), needed('region'), needed('service')],
      options: {
        signature: {
          scheme: 'aws_sigv4',
          accessKeyId: '{{ access_key }}',
          secretAccessKey: '{{ secret_key }}',
          region: '{{ region }}',
          service: '{{ service }}',
        },
      },
    },
    values: { access_key: 'AKID', secret_key: 'secret', region: 'eu-central-1', service: 'inspector' },
    sent: [
      'endpoint GET https://inspector.eu-central-1.acme.test/orders | X-Amz-Date: 20260304T050607Z | Authorization: AWS4-HMAC-SHA256 Credential=AKID/20260304/eu-central-1/inspector/aws4_request, SignedHeaders=host;x-amz-date, Signature=054976603d74f7b83458b13b84eb835e3acf56e87f7304ebb2ee60667a8b2619',
    ],
  },
  {
    kind: 'an HMAC over lines of the request, as one side of Basic',
    method: {
      type: 'request_signature',
      variables: [needed('integration_key')],
      options: {
        computed: [
          { key: 'date', value: '{{ now | date: "%a, %d %b %Y %H:%M:%S +0000" }}' },
          {
            key: 'lines',
            value: '{{ date }}\n{{ request_method }}\n{{ request_host }}\n{{ request_path }}\n{{ request_query }}',
          },
          { key: 'pair', value: '{{ integration_key }}:{{ lines | hmac_sha1: secret_key }}' },
        ],
        signature: {
          placements: [
            { key: 'Date', value: '{{ date }}' },
            { key: 'Authorization', value: 'Basic {{ pair | base64_encode }}' },
          ],
        },
      },
    },
    values: { integration_key: 'DI1', secret_key: 'secret' },
    sent: [
      'endpoint GET https://api.acme.test/orders | Date: Wed, 04 Mar 2026 05:06:07 +0000 | Authorization: Basic REkxOjkxZDVkZDhkN2ZhOTVhMzJmNmJjMmIxNTcwYzU5MzdhNTdiZjA1NTQ=',
    ],
  },
  {
    kind: 'WSSE',
    method: {
      type: 'request_signature',
      variables: [needed('username')],
      options: {
        computed: [
          { key: 'created', value: '{{ now | date: "iso" }}' },
          { key: 'material', value: '{{ nonce }}{{ created }}{{ secret_key }}' },
          { key: 'hash', value: '{{ material | sha1 }}' },
        ],
        signature: {
          placements: [
            {
              key: 'X-WSSE',
              value:
                'UsernameToken Username="{{ username }}", PasswordDigest="{{ hash | base64_encode }}", Nonce="{{ nonce }}", Created="{{ created }}"',
            },
          ],
        },
      },
    },
    values: { username: 'dana', secret_key: 'secret' },
    sent: [
      'endpoint GET https://api.acme.test/orders | X-WSSE: UsernameToken Username="dana", PasswordDigest="NWQwMDExZWQxOGQzNTNiZDQyNjExOWU2YzM5ZTE1MDk5YTU5OWE4MA==", Nonce="6e6f6e6365", Created="2026-03-04T05:06:07Z"',
    ],
  },
  {
    kind: 'a hash over path, date and secret, for a token and with it',
    method: {
      type: 'request_signature',
      variables: [needed('app_id')],
      requests: { exchange: { method: 'GET', url: '/v1/auth' } },
      options: {
        tokenPath: 'text:',
        defaultLifetimeSeconds: 3600,
        computed: [
          { key: 'date', value: '{{ now | date: "%Y-%m-%dT%H:%M:%S" }}' },
          { key: 'material', value: '{{ uuid }}{{ app_id }}{{ date }}{{ request_path }}{{ secret_key }}' },
        ],
        signature: {
          signsTokenRequests: true,
          placements: [
            { key: 'X-Token', value: '{{ access_token | default: "none" }}' },
            { key: 'X-Req-Id', value: '{{ uuid }}' },
            { key: 'X-Date', value: '{{ date }}' },
            { key: 'X-Sig', value: '{{ material | base64_encode | sha256 }}' },
          ],
        },
      },
    },
    values: { app_id: 'app', secret_key: 'secret' },
    answers: [{ text: 'token-9' }],
    sent: [
      'exchange GET https://api.acme.test/v1/auth | X-Token: none | X-Req-Id: 0192d0c4-0000-7000-8000-000000000001 | X-Date: 2026-03-04T05:06:07 | X-Sig: ddb85b1ff25117f2581e526b26482d57fb5d73c42aaeb4cf0b9f7c19881e5844',
      'token token-9 | until 2026-03-04T06:06:07.000Z',
      'endpoint GET https://api.acme.test/orders | X-Token: token-9 | X-Req-Id: 0192d0c4-0000-7000-8000-000000000001 | X-Date: 2026-03-04T05:06:07 | X-Sig: 88862d63ed32bcf96a50be41a1581fd3e363e75f94a685b7f50152641eb8d332',
    ],
  },
  {
    kind: 'an HTTP message signature',
    connector: {
      endpoints: [{ name: 'Orders', method: 'POST', url: '/orders', bodyFormat: 'json', body: '{"a": 1}' }],
    },
    method: {
      type: 'request_signature',
      variables: [needed('key_id'), { key: 'secret_key', displayName: 'Private key' }],
      options: {
        signature: {
          scheme: 'http_message_signatures',
          algorithm: 'ed25519',
          key: '{{ secret_key }}',
          keyEncoding: 'pem',
          keyId: '{{ key_id }}',
          label: 'sig',
          lifetimeSeconds: 60,
          contentDigest: 'sha-256',
          components: ['@method', '@target-uri', 'content-digest', 'content-type'],
        },
      },
    },
    values: { key_id: 'k1', secret_key: edKey },
    sent: [
      'endpoint POST https://api.acme.test/orders | Content-Type: application/json | Content-Digest: sha-256=:AVq9f1zFei3ZS3WQ8ErYCEJzkF7jPsXOvq5iJ2qX+GI=: | Signature-Input: sig=("@method" "@target-uri" "content-digest" "content-type");created=1772600767;expires=1772600827;keyid="k1";alg="ed25519";nonce="6e6f6e6365" | Signature: sig=:3A0lz/OPCbQ3r0SV4U3kqxeiE0St9O83OjWWjEOo2DvdUar+cfA6iUxIcFAgfbYae/RKtX7B3shUSkMNrTIGCQ==: | {"a":1}',
    ],
  },

  // OAuth 1
  {
    kind: 'OAuth 1 with pasted tokens and a realm',
    method: { type: 'oauth1' },
    values: {
      consumer_key: 'ck',
      consumer_secret: 'cs',
      token: 't',
      token_secret: 'ts',
      realm: '1234567_SB1',
      signature_method: 'HMAC-SHA256',
    },
    sent: [
      'endpoint GET https://api.acme.test/orders | Authorization: OAuth realm="1234567_SB1", oauth_consumer_key="ck", oauth_token="t", oauth_signature_method="HMAC-SHA256", oauth_timestamp="1772600767", oauth_nonce="6e6f6e6365", oauth_version="1.0", oauth_signature="uFTfl6RHDeVOiy8zx9jK%2FKKTNzgKBzQSlCGLFyQxlvg%3D"',
    ],
  },
  {
    kind: 'OAuth 1 with a person, PLAINTEXT and parameters of the vendor’s own',
    method: {
      type: 'oauth1',
      variables: [{ key: 'signature_method', defaultValue: 'PLAINTEXT' }],
      requests: {
        request_token: { url: 'https://acme.test/request' },
        authorise: { url: 'https://acme.test/authorize' },
        exchange: { url: 'https://acme.test/access' },
      },
      parameters: [
        { in: 'url', key: 'expiration', value: 'never', sentWith: ['authorise'] },
        { in: 'url', key: 'x_auth_access_type', value: 'write', sentWith: ['request_token'] },
      ],
    },
    values: { consumer_key: 'ck', consumer_secret: 'cs' },
    kept: { token: 'kept', token_secret: 'kept-secret' },
    sent: [
      'request token POST https://acme.test/request?x_auth_access_type=write | Authorization: OAuth oauth_consumer_key="ck", oauth_signature_method="PLAINTEXT", oauth_timestamp="1772600767", oauth_nonce="6e6f6e6365", oauth_version="1.0", oauth_callback="https%3A%2F%2Fpatchbay.test%2Foauth%2Fauthenticate%3Fstate%3Dstate-1", oauth_signature="cs%26"',
      'authorise https://acme.test/authorize?expiration=never&oauth_token=temporary-1',
      'exchange POST https://acme.test/access | Authorization: OAuth oauth_consumer_key="ck", oauth_token="temporary-1", oauth_signature_method="PLAINTEXT", oauth_timestamp="1772600767", oauth_nonce="6e6f6e6365", oauth_version="1.0", oauth_verifier="verifier-1", oauth_signature="cs%26temporary-secret"',
      'endpoint GET https://api.acme.test/orders | Authorization: OAuth oauth_consumer_key="ck", oauth_token="kept", oauth_signature_method="PLAINTEXT", oauth_timestamp="1772600767", oauth_nonce="6e6f6e6365", oauth_version="1.0", oauth_signature="cs%26kept-secret"',
    ],
  },
]

describe('Every way to authenticate that is known to occur can be written as a document', () => {
  it.each(kinds.map((kind) => [kind.kind, kind] as const))('%s', (_name, kind) => {
    expect(requestsOf(kind)).toEqual(kind.sent)
  })

  it('each once', () => {
    expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(kinds.length)
  })
})
