import type { MethodInput } from '@/lib/authentication-methods/document-schema'
import { checkUrl } from '@/lib/endpoints/check-endpoint'
import { definitionLimits } from './limits'
import { childOf, hasOwn, type ObjectNode } from './nodes'
import { members, objectMember, objectOf, textMember, type Reader } from './reader'
import type { MethodDraft, SchemeReading } from './scheme-methods'
import { labelOf, literal, quote, textOf } from './texts'
import { variableKeyOf } from './variable-keys'
import type { VariableInput } from './variables'

type Requests = NonNullable<MethodInput['requests']>

/** The flows of OpenAPI 2.0 by their names in 3.x. */
const namesInVersion2: Record<string, string> = {
  implicit: 'implicit',
  password: 'password',
  application: 'clientCredentials',
  accessCode: 'authorizationCode',
}

const suffixes: Record<string, string> = {
  authorizationCode: 'authorisation code',
  clientCredentials: 'client credentials',
  password: 'password',
  implicit: 'access token, from implicit',
  deviceAuthorization: 'access token, from device authorisation',
}

/** OAuth 2: one method per flow. */
export function readFlows(reader: Reader, name: string, node: ObjectNode, baseUrl: string): SchemeReading {
  const flows = reader.version === '2.0' ? flowOfVersion2(reader, node) : flowsOf(reader, node)
  const drafts = flows.flatMap(([kind, flow]) => readFlow(reader, kind, flow, { name, baseUrl }) ?? [])
  if (flows.length === 0)
    reader.report.add('invalid', node, `The security scheme ${quote(name)} has no flow, so it was left out.`)
  // A method that asks for a token is the last choice beside one that gets it.
  const rank = drafts.some(({ type }) => type !== 'token') ? 5 : 2
  return { name, drafts, rank, extra: null, place: 'header authorization' }
}

function flowsOf(reader: Reader, node: ObjectNode): [string, ObjectNode][] {
  const flows = objectMember(reader, node, 'flows')
  return (flows ? members(flows) : []).flatMap(([kind, child]): [string, ObjectNode][] => {
    const flow = objectOf(reader, child, 'A flow')
    return flow ? [[kind, flow]] : []
  })
}

function flowOfVersion2(reader: Reader, node: ObjectNode): [string, ObjectNode][] {
  const flow = textMember(reader, node, 'flow')
  return flow === '' ? [] : [[Object.hasOwn(namesInVersion2, flow) ? (namesInVersion2[flow] ?? flow) : flow, node]]
}

function readFlow(
  reader: Reader,
  kind: string,
  flow: ObjectNode,
  scheme: { name: string; baseUrl: string },
): MethodDraft | null {
  const suffix = Object.hasOwn(suffixes, kind) ? (suffixes[kind] ?? '') : null
  if (suffix === null) {
    reader.report.add(
      'not_imported',
      flow,
      `${quote(scheme.name)} has the flow ${quote(kind)}, which Patchbay does not know.`,
    )
    return null
  }
  const help = scopeHelp(reader, flow)
  if (kind === 'implicit' || kind === 'deviceAuthorization') {
    reader.report.add(
      'changed',
      flow,
      `${quote(scheme.name)}: Patchbay cannot get a token by the ${kind === 'implicit' ? 'implicit flow' : 'device authorisation'}. The method asks for an access token instead.`,
    )
    return { type: 'token', suffix, variables: [{ key: 'token', displayName: 'Access token', helpText: help }] }
  }
  const urls = new UrlVariables()
  const url = (member: string, isRequired: boolean) => urlOf(reader, flow, { member, isRequired, urls, ...scheme })
  const exchange = url('tokenUrl', true)
  const refresh = url('refreshUrl', false)
  const requests: Requests = {
    ...(exchange && { exchange: { url: exchange } }),
    ...(refresh && { refresh: { url: refresh } }),
  }
  const scope: VariableInput[] = help === '' ? [] : [{ key: 'scope', helpText: help }]
  if (kind === 'authorizationCode') {
    const authorise = url('authorizationUrl', true)
    const phases: Requests = { ...(authorise && { authorise: { url: authorise } }), ...requests }
    return { type: 'oauth2_authorization_code', suffix, variables: [...urls.variables, ...scope], requests: phases }
  }
  const draft: MethodDraft = {
    type: 'oauth2_client_credentials',
    suffix,
    variables: [...urls.variables, ...scope],
    requests,
  }
  return kind === 'clientCredentials' ? draft : asPassword(draft)
}

/** RFC 6749 §4.3: the client may have a secret, or be public. */
function asPassword(draft: MethodDraft): MethodDraft {
  return {
    ...draft,
    variables: [
      { key: 'grant_type', defaultValue: 'password' },
      { key: 'username', displayName: 'Username', required: true },
      { key: 'password', displayName: 'Password', required: true, secret: true },
      { key: 'client_secret', required: false },
      ...draft.variables,
    ],
    parameters: [
      { in: 'body', key: 'username', value: '{{ username }}', sentWith: ['exchange'] },
      { in: 'body', key: 'password', value: '{{ password }}', sentWith: ['exchange'] },
    ],
  }
}

function scopeHelp(reader: Reader, flow: ObjectNode): string {
  const scopes = objectMember(reader, flow, 'scopes')
  if (scopes === null) return ''
  const lines = Object.entries(scopes.value).map(([scope, about]) =>
    typeof about === 'string' && about !== '' ? `${scope}: ${about}` : scope,
  )
  return textOf(lines.slice(0, 200).join('\n'), definitionLimits.variableText)
}

/** Variables for the placeholders of the URLs, such as a tenant. */
class UrlVariables {
  readonly variables: VariableInput[] = []

  keyFor(name: string): string {
    const key = `${variableKeyOf(name)}_of_url`
    if (!this.variables.some((variable) => variable.key === key))
      this.variables.push({ key, displayName: labelOf(name, definitionLimits.name) || key, required: true })
    return key
  }
}

type Asked = { member: string; isRequired: boolean; urls: UrlVariables; name: string; baseUrl: string }

/** A URL of the flow as a template, absolute if the base URL is; null, with a line in the report, if it cannot be used. */
function urlOf(reader: Reader, flow: ObjectNode, { member, isRequired, urls, name, baseUrl }: Asked): string | null {
  const given = textMember(reader, flow, member).trim()
  if (given === '') {
    if (isRequired)
      reader.report.add('invalid', flow, `${quote(name)} has no ${member}. Enter it on the tab URLs of the method.`)
    return null
  }
  const parts = given.split(/\{([^{}]*)\}/)
  const template = parts.map((part, index) => (index % 2 === 0 ? literal(part) : `{{ ${urls.keyFor(part)} }}`)).join('')
  const url =
    template.startsWith('/') && !template.startsWith('//')
      ? `${originOf(baseUrl)}${template}`
      : template.replace(/^\/\//, 'https://')
  if (!/^(?:https?:\/\/|\/|\{\{)/i.test(url) || !checkUrl(url).ok) {
    reader.report.add(
      'invalid',
      hasOwn(flow, member) ? childOf(flow, member) : flow,
      `${quote(given)} is no address. Enter the ${member} on the tab URLs of the method.`,
    )
    return null
  }
  if (url.startsWith('/'))
    reader.report.add(
      'changed',
      childOf(flow, member),
      `${quote(given)} is relative to the server. It is sent below the base URL: check the ${member} on the tab URLs of the method.`,
    )
  return url
}

/** Relative URLs lead to the server itself (OpenAPI 3.1 §4.6), not below its path. */
function originOf(baseUrl: string): string {
  return /^https?:\/\/[^/]+/i.exec(baseUrl)?.[0] ?? ''
}
