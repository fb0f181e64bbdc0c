import type { MethodInput } from '@/lib/authentication-methods/document-schema'
import { directionOf } from '@/lib/domain/requests/endpoint-lines'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { keysOf } from '@/lib/domain/text-schema'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import type { ConnectorInput } from '../openapi/map-open-api'
import { definitionLimits } from '../openapi/limits'
import type { ReportLine } from '../openapi/report'
import type { VariableInput } from '../openapi/variables'
import { keysOfType } from '../openapi/variable-keys'
import type { EndpointInput } from '../document-schema'
import { methodOf, typeOf } from './credentials'
import { CurlDraft, type SecretOwner } from './draft'
import { separateCredentials } from './find-credentials'
import { curlLimits } from './limits'
import { connectorNameOf, entityTypeOf, nameOf } from './names'
import { CurlNotes } from './notes'
import type { Address } from './read-address'
import { readBody, type CurlBody } from './read-body'
import { readCommand } from './read-command'
import { behindBaseUrl, isOpenHost, isWholeOrigin, originTemplate, pathTemplate } from './read-path'
import { readRequest, type CurlRequest } from './read-request'

/** What a command becomes. Only `values` may contain secrets. */
export type CurlMapping = {
  method: MethodInput
  endpoint: EndpointInput
  /** Values for an instance of the method, by the key of the variable. */
  values: ReadonlyMap<string, string>
  /** Scheme and host of a new connector; the base URL of the one that the endpoint is for, if it is below it. */
  origin: string
  /** Of the host, if the command leaves a part of it open. */
  connectorVariables: readonly VariableInput[]
  /** With the name of the host. */
  connectorName: string
  report: () => ReportLine[]
}

export type CurlOptions = {
  /** The base URL of the connector that the endpoint is for; without one the endpoint is for a new connector. */
  baseUrl?: string
  /** Who gets secrets that are no credentials, such as a password in a body. Default: the method. */
  secretOwner?: SecretOwner
  /** Keys that no variable of the endpoint may have, because it would replace another one in its requests. */
  takenKeys?: readonly string[]
}

/** Maps a curl command to an endpoint and an authentication method. */
export function mapCurl(
  source: string,
  { baseUrl, secretOwner = 'method', takenKeys = [] }: CurlOptions = {},
): Result<CurlMapping> {
  const command = readCommand(source)
  if (!command.ok) return command
  const notes = new CurlNotes()
  const request = readRequest(command.value, notes)
  if (!request.ok) return request
  const found = separateCredentials(request.value, notes)
  // An endpoint for an existing connector may accept methods of every type.
  const types = secretOwner === 'method' ? [typeOf(found.credentials)] : keysOf(authenticationTypes)
  const draft = new CurlDraft(command.value.variables, secretOwner, [...types.flatMap(keysOfType), ...takenKeys])
  for (const secret of request.value.secrets) draft.remember(secret)
  const { ownVariables, ...own } = methodOf(found.credentials, draft, notes)
  const { address } = request.value
  noteRequest(request.value, notes)
  const placed = placeOf(address, baseUrl, draft, notes)
  if (!placed.ok) return placed
  const { origin, before, path } = placed.value
  const contentType = found.headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
  const body = readBody(request.value.data, contentType, draft, notes)
  const headers = found.headers.filter(({ name }) => name.toLowerCase() !== 'content-type' || !body.setsContentType)
  // What is no form is still sent as one by curl, unless it says otherwise.
  if (body.bodyFormat === 'raw' && contentType === '')
    headers.push({ name: 'Content-Type', value: 'application/x-www-form-urlencoded', written: '-d' })
  const flags = address.flags.map((flag) => draft.withoutSecrets(flag, '')).join('&')
  const endpoint: EndpointInput = {
    name: nameOf(request.value.httpMethod, path),
    entityType: entityTypeOf(path),
    direction: directionOf(request.value.httpMethod),
    method: request.value.httpMethod,
    url: `${before}${path}${flags === '' ? '' : `?${flags}`}`,
    ...{ bodyFormat: body.bodyFormat, body: body.body },
    parameters: parametersOf({ pairs: found.pairs, headers, fields: body.fields }, draft, notes),
  }
  endpoint.variables = draft.endpointVariables
  const method: MethodInput = {
    ...own,
    variables: [...ownVariables, ...draft.methodVariables],
    ...(request.value.timeoutSeconds !== null && { timeoutSeconds: request.value.timeoutSeconds }),
    uses: draft.connectorVariables.map(({ key }) => ({ key, required: true })),
    ...testRequest(endpoint, own.type === 'none'),
  } as MethodInput
  const { parameters, options } = method
  const connectorName = connectorNameOf(address.host)
  if (draft.hasTooMany)
    return refuse(
      'invalid_input',
      `A command can have at most ${curlLimits.secrets} credentials and variables. Remove those that the request does not need.`,
      'command',
    )
  if (draft.hasSecret([endpoint, parameters, options, notes.lines, origin, connectorName]))
    return refuse(
      'literal_secret',
      'A secret of the command would become part of the definition. Replace it with a variable such as $TOKEN.',
      'command',
    )
  noteValues(draft, notes)
  return succeed({
    ...{ method, endpoint, values: draft.values, origin, connectorName },
    connectorVariables: draft.connectorVariables,
    report: () => notes.lines,
  })
}

type Placed = {
  origin: string
  /** Before the path, unless the URL is relative. */
  before: string
  path: string
}

/** Where the request goes: below the base URL of its connector, or to an address of its own. */
function placeOf(
  { scheme, host: given, path }: Address,
  baseUrl: string | undefined,
  draft: CurlDraft,
  notes: CurlNotes,
): Result<Placed> {
  const isOpen = isOpenHost(given)
  if (baseUrl === undefined) {
    const origin = originTemplate(scheme, isOpen ? given : given.toLowerCase(), draft)
    return succeed({ origin, before: '', path: pathTemplate(path || '/', draft) })
  }
  if (isOpen) {
    // A host that a shape fills in could lead anywhere, so that only a connector has such variables.
    if (baseUrl === '')
      return refuse(
        'invalid_url',
        'The command does not say which host it is. Enter the base URL of the connector first, or replace the placeholder.',
        'command',
      )
    notes.add('changed', 'URL', 'The command does not say which host it is. The base URL of the connector is used.')
    return succeed({ origin: baseUrl, before: '', path: pathTemplate(path || '/', draft) })
  }
  const written = `${scheme}://${given.toLowerCase()}`
  const behind = behindBaseUrl(baseUrl, `${written}${path}`)
  return behind === null
    ? succeed({ origin: written, before: written, path: pathTemplate(path, draft) })
    : succeed({ origin: baseUrl, before: '', path: pathTemplate(behind || '/', draft) })
}

/** A whole connector with one method and one endpoint, which accepts it. */
export function connectorOfCurl({
  method,
  endpoint,
  origin,
  connectorName,
  connectorVariables,
}: CurlMapping): ConnectorInput {
  return {
    ...{ patchbay: 1, kind: 'connector', name: connectorName, baseUrl: origin },
    variables: [...connectorVariables],
    ...{ methods: [method], endpoints: [{ ...endpoint, accepts: [method.name] }] },
  }
}

function noteRequest({ address, hasCertificate }: CurlRequest, notes: CurlNotes): void {
  if (address.hadNoScheme && !isWholeOrigin(address.host))
    notes.add('note', 'URL', 'The address has no scheme, so it is http, as for curl. Change it if the API uses https.')
  if (hasCertificate)
    notes.add(
      'note',
      '--cert',
      'The command only names the files of the client certificate. Add it on the Certificates tab of the instance.',
    )
}

function noteValues(draft: CurlDraft, notes: CurlNotes): void {
  const asked = draft.endpointVariables.flatMap(({ displayName }) => displayName ?? [])
  if (asked.length > 0) notes.addAll('note', asked, 'Variables of the endpoint: enter their values where it is called.')
}

type Sent = {
  pairs: readonly { key: string; value: string }[]
  headers: readonly { name: string; value: string }[]
  fields: CurlBody['fields']
}

function parametersOf(
  { pairs, headers, fields }: Sent,
  draft: CurlDraft,
  notes: CurlNotes,
): EndpointInput['parameters'] {
  const all = [
    ...pairs.map(({ key, value }) => ({ in: 'url' as const, key, text: value })),
    ...headers.map(({ name, value }) => ({ in: 'header' as const, key: name, text: value })),
    ...fields.map(({ key, value }) => ({ in: 'body' as const, key, value })),
  ]
  if (all.length > definitionLimits.parameters)
    notes.add(
      'limit',
      'Parameters',
      `An endpoint has at most ${definitionLimits.parameters} parameters. The others were left out.`,
    )
  const parameters = all.slice(0, definitionLimits.parameters).map(({ in: place, key, ...given }) => {
    const value = 'value' in given ? given.value : draft.withoutSecrets(given.text, key)
    return { in: place, key, value, required: true }
  })
  const sound = parameters.filter(
    ({ key, value }) =>
      key !== '' && key.length <= definitionLimits.key && value.length <= definitionLimits.variableText,
  )
  if (sound.length < parameters.length)
    notes.add('limit', 'Parameters', 'Parameters without a name, or with a very long one or value, were left out.')
  return sound
}

/** A request that only reads and needs no further value shows whether the credentials work. */
function testRequest(
  { method, url, variables = [], parameters = [], bodyFormat }: EndpointInput,
  isNone: boolean,
): Pick<MethodInput, 'requests'> {
  if (isNone || method !== 'GET' || bodyFormat !== 'none' || variables.length > 0) return {}
  // It has no parameters of its own, so that all but these headers would be missing.
  const isEnough = parameters.every(
    ({ in: place, key }) => place === 'header' && /^(?:accept|content-type)$/i.test(key),
  )
  if (!isEnough) return {}
  return { requests: { verify: { url } } }
}
