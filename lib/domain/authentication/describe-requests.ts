import type { ConnectorDefinition, EndpointDefinition, MethodDefinition, VariableDefinition } from '../definitions'
import { buildAuthorizeUrl } from '../oauth2/authorize-url'
import { buildTokenRequest } from '../oauth2/token-request'
import { createRedactor } from '../redaction'
import { buildEndpointRequest } from '../requests/build-endpoint-request'
import { buildVerifyRequest } from '../requests/build-verify-request'
import type { BuiltRequest } from '../requests/types'
import { succeed, type Result } from '../result'
import { standInSigner } from '../signer'
import { definitionsInForce, valueInForce, type VariableValues } from '../variables'
import { phaseKinds, type PhaseKind } from '../vocabulary'
import { readMethodOptions } from './method-options'
import { authenticationTypeDefinitions } from './registry'
import type { DescribedRequest } from './types'

/**
 * *What will be sent*: the requests of a method as the builders make them, with every secret masked and `{{ key }}`
 * where a value is still missing. Runs in the browser while a definition is edited; it needs no secret at all.
 */

export type DescribeInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  endpoint?: EndpointDefinition
  /** Plain values to fill in; a secret variable's value is never used. */
  values?: VariableValues
  redirectUri: string
}

export type RequestDescription = { phase: PhaseKind; title: string; request: Result<DescribedRequest> }

/** In the order in which they are made. Requests that the method has no URL for are left out. */
export function describeRequests(input: DescribeInput): RequestDescription[] {
  const standIns = makeStandIns(input)
  return authenticationTypeDefinitions[input.method.type].phases.flatMap((phase) => {
    const built = build(phase, { ...input, ...standIns })
    return built === null ? [] : [{ phase, title: phaseKinds[phase], request: describe(phase, built, standIns) }]
  })
}

type StandIns = { connector: ConnectorDefinition; values: VariableValues; secrets: string[]; missing: { text: string; key: string }[] }

const host = 'patchbay.invalid'
const tokens = { access_token: 'patchbayaccesstokenstandin', refresh_token: 'patchbayrefreshtokenstandin' }
const filledIn = {
  code: 'patchbaycodestandin',
  verifier: 'patchbayverifierstandin',
  state: 'patchbaystatestandin',
  challenge: 'patchbaychallengestandin',
}

/** A text that survives every encoding stands for each value that is secret or missing, and is replaced at the end. */
function makeStandIns({ connector, method, endpoint, values = {} }: DescribeInput): StandIns {
  const shape = new Map(values.shape)
  const kept = new Map(values.kept)
  const held = new Map(values.method)
  const secrets: string[] = []
  const missing: StandIns['missing'] = []
  definitionsInForce({ connector, method, endpoint }).forEach((definition, index) => {
    const hasValue = valueInForce(definition, values) !== ''
    if (!definition.secret && (hasValue || !definition.required)) return
    const text = standIn(definition, index)
    if (definition.secret) secrets.push(text)
    else missing.push({ text, key: definition.key })
    shape.delete(definition.id)
    kept.delete(definition.key)
    held.set(definition.id, text)
  })
  const allowing = { ...connector, allowedHosts: [...connector.allowedHosts, `*.${host}`] }
  return { connector: allowing, values: { ...values, shape, kept, method: held }, secrets, missing }
}

function standIn({ inputKind, secret }: VariableDefinition, index: number): string {
  const name = `patchbay${secret ? 'secret' : 'value'}${index}standin`
  return inputKind === 'url' ? `https://${name}.${host}` : name
}

function build(phase: PhaseKind, input: DescribeInput & { values: VariableValues }): Result<BuiltRequest> | null {
  const { connector, method, endpoint, values, redirectUri } = input
  const context = { reserved: tokens, signer: standInSigner }
  const shared = { connector, method, values, ...context, confirmedOrigins: null }
  if (phase === 'verify') return withoutNull(buildVerifyRequest(shared))
  if (phase === 'endpoint') return endpoint ? buildEndpointRequest({ ...shared, endpoint }) : null
  if (phase === 'authorise') return authorise(input)
  if (phase === 'exchange')
    return buildTokenRequest({
      ...{ connector, method, values, context, confirmedOrigins: null },
      grant: { kind: 'code', code: filledIn.code, redirectUri, codeVerifier: usesPkce(method) ? filledIn.verifier : null },
    })
  if (phase === 'refresh') {
    const grant = { kind: 'refresh', refreshToken: tokens.refresh_token, accessToken: tokens.access_token } as const
    return buildTokenRequest({ connector, method, values, context, confirmedOrigins: null, grant })
  }
  return null
}

function withoutNull(built: Result<BuiltRequest | null>): Result<BuiltRequest> | null {
  if (!built.ok) return built
  return built.value === null ? null : succeed(built.value)
}

function authorise({ connector, method, values, redirectUri }: DescribeInput & { values: VariableValues }): Result<BuiltRequest> {
  const pkce = usesPkce(method) ? { challenge: filledIn.challenge, method: 'S256' as const } : null
  const url = buildAuthorizeUrl({ connector, method, values, state: filledIn.state, redirectUri, pkce, confirmedOrigins: null })
  if (!url.ok) return url
  const request = { method: 'GET', url: url.value, headers: [], body: null } as const
  return succeed({ request: { ...request, headers: [] }, secrets: [], credentialNames: { headers: [], queryKeys: [] } })
}

function usesPkce(method: MethodDefinition): boolean {
  const read = readMethodOptions(method)
  return read.ok && read.value.pkce !== 'off'
}

function describe(phase: PhaseKind, built: Result<BuiltRequest>, standIns: StandIns): Result<DescribedRequest> {
  if (!built.ok) return built
  const { request, secrets } = built.value
  const redactor = createRedactor({ secrets: [...secrets, ...standIns.secrets, ...Object.values(tokens), ...Object.values(filledIn)] })
  const shown = (text: string) =>
    standIns.missing.reduce((result, { text: from, key }) => result.replaceAll(from, `{{ ${key} }}`), redactor.text(text))
  return succeed({
    phase,
    title: phaseKinds[phase],
    method: request.method,
    url: shown(request.url),
    headers: request.headers.map(([name, value]) => [name, shown(value)]),
    body: shown(typeof request.body === 'string' ? request.body : request.body === null ? '' : new TextDecoder().decode(request.body)),
  })
}
