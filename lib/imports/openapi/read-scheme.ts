import { checkCookieName } from '@/lib/domain/content/cookies'
import { checkHeaderName } from '@/lib/domain/content/headers'
import type { ParameterLocation } from '@/lib/domain/vocabulary'
import { firstFree } from '@/lib/domain/names'
import { definitionLimits } from './limits'
import type { ObjectNode } from './nodes'
import { textMember, type Reader } from './reader'
import { readHttpScheme } from './read-http-scheme'
import { readFlows } from './read-flows'
import { readOpenIdConnect } from './read-open-id-connect'
import type { MethodDraft, SchemeReading } from './scheme-methods'
import { isPlainLine, labelOf, literal, quote, textOf } from './texts'
import { variableKeyOf } from './variable-keys'
import type { VariableInput } from './variables'

/** Reads one security scheme (OpenAPI 3.1 §4.8.27, 2.0 §Security Scheme Object). */
export function readScheme(reader: Reader, name: string, node: ObjectNode, baseUrl: string): SchemeReading {
  const type = textMember(reader, node, 'type')
  if (type === 'apiKey') return readApiKey(reader, name, node)
  if (type === 'http' || (type === 'basic' && reader.version === '2.0')) return readHttpScheme(reader, name, node)
  if (type === 'oauth2') return readFlows(reader, name, node, baseUrl)
  if (type === 'openIdConnect') return readOpenIdConnect(reader, name, node)
  if (type === 'mutualTLS') return readMutualTls(reader, name, node)
  reader.report.add(
    'invalid',
    node,
    type === ''
      ? `The security scheme ${quote(name)} has no type, so it was left out.`
      : `The security scheme ${quote(name)} has the unknown type ${quote(type)}, so it was left out.`,
  )
  return { name, drafts: [], rank: 0, extra: null, place: null }
}

const places = { header: 'header', query: 'url', cookie: 'cookie' } as const satisfies Record<string, ParameterLocation>

function readApiKey(reader: Reader, name: string, node: ObjectNode): SchemeReading {
  const key = textMember(reader, node, 'name')
  const given = textMember(reader, node, 'in')
  const place = Object.hasOwn(places, given) ? places[given as keyof typeof places] : null
  const problem = place === null ? `is sent in ${quote(given)}, which is unknown` : problemOf(place, key)
  if (place === null || problem !== null) {
    reader.report.add('not_imported', node, `The security scheme ${quote(name)} was left out: it ${problem}.`)
    return { name, drafts: [], rank: 0, extra: null, place: null }
  }
  if (node.value['x-amazon-apigateway-authtype'] === 'awsSigv4') return awsSignature(name)
  const description = textMember(reader, node, 'description')
  const helpText = textOf(
    description || `Sent as the ${place === 'url' ? 'query parameter' : place} ${key}.`,
    definitionLimits.variableText,
  )
  const tokenVariable: VariableInput = { key: 'token', displayName: 'API key', helpText }
  const draft: MethodDraft = {
    ...{ type: 'token', suffix: '', variables: [tokenVariable] },
    options: { placement: { place, key, value: '{{ token }}' } },
  }
  return {
    name,
    drafts: [draft],
    rank: 1,
    place: `${place} ${place === 'header' ? key.toLowerCase() : key}`,
    extra: (taken) => {
      const variable = extraVariable(name, helpText, taken)
      const value = `{{ ${variable.key} }}`
      return { variables: [variable], parameters: [{ in: place, key, value, sentWith: ['endpoint', 'verify'] }] }
    },
  }
}

/** A secret variable for a second credential of a method. */
export function extraVariable(name: string, helpText: string, taken: ReadonlySet<string>): VariableInput {
  const key = firstFree(variableKeyOf(name), '_', (candidate) => taken.has(candidate))
  return { key, displayName: labelOf(name, definitionLimits.name) || 'API key', helpText, required: true, secret: true }
}

function problemOf(place: ParameterLocation, key: string): string | null {
  if (key === '') return 'has no name'
  if (!isPlainLine(key, definitionLimits.key) || literal(key) !== key) return 'has a name that cannot be sent'
  if (place === 'header' && !checkHeaderName(key).ok) return `uses the header ${quote(key)}, which cannot be set`
  return place === 'cookie' && !checkCookieName(key).ok
    ? `uses the cookie ${quote(key)}, which is not a valid name`
    : null
}

/** What an AWS signature adds to a request (AWS Signature Version 4, “Elements of a request signature”). */
const signatureHeaders = [
  ...['date', 'security-token', 'content-sha256', 'credential', 'algorithm', 'signature', 'signedheaders'],
].map((name) => `header x-amz-${name}`)

/** API Gateway exports describe signatures of AWS as an API key with this extension. */
function awsSignature(name: string): SchemeReading {
  const draft: MethodDraft = {
    ...{ type: 'request_signature', suffix: '' },
    variables: [
      { key: 'access_key_id', displayName: 'Access key ID', required: true },
      { key: 'secret_key', displayName: 'Secret access key' },
      {
        key: 'session_token',
        displayName: 'Session token',
        secret: true,
        advanced: true,
        helpText: 'Only for temporary credentials.',
      },
      {
        key: 'signing_region',
        displayName: 'Region of the signature',
        required: true,
        defaultValue: 'us-east-1',
        helpText: 'For example eu-west-1.',
      },
      {
        key: 'service',
        displayName: 'Service',
        required: true,
        defaultValue: 'execute-api',
        helpText: 'The name in signatures: s3, dynamodb, sqs, execute-api for API Gateway.',
      },
    ],
    options: {
      signature: {
        ...{ scheme: 'aws_sigv4', accessKeyId: '{{ access_key_id }}', secretAccessKey: '{{ secret_key }}' },
        ...{ sessionToken: '{{ session_token }}', region: '{{ signing_region }}', service: '{{ service }}' },
      },
    },
  }
  return { name, drafts: [draft], rank: 3, extra: null, place: 'header authorization', sendsToo: signatureHeaders }
}

/** The certificate belongs to the instance, so the method itself sends nothing. */
function readMutualTls({ report }: Reader, name: string, node: ObjectNode): SchemeReading {
  report.add('note', node, `${quote(name)} is a client certificate. Add it to the instance, on the tab Certificates.`)
  const draft: MethodDraft = { type: 'none', suffix: '', variables: [] }
  return { name, drafts: [draft], rank: 0, extra: () => ({ variables: [], parameters: [] }), place: null }
}
