import { firstFree } from '@/lib/domain/names'
import { findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import { definitionLimits } from './limits'
import { childOf, type ObjectNode } from './nodes'
import { textMember, type Reader } from './reader'
import { extraVariable } from './read-scheme'
import type { MethodDraft, SchemeReading } from './scheme-methods'
import { isPlainLine, labelOf, quote, textOf } from './texts'
import { variableKeyOf } from './variable-keys'

const authorization = 'header authorization'

/** Schemes that answer a challenge in a way that a fixed header cannot. */
const withChallenge = ['hoba', 'mutual', 'negotiate', 'scram-sha-1', 'scram-sha-256', 'vapid', 'gnap', 'dpop', 'ntlm']

/** HTTP authentication (RFC 9110 §11); names of schemes ignore case. */
export function readHttpScheme(reader: Reader, name: string, node: ObjectNode): SchemeReading {
  const scheme = reader.version === '2.0' ? 'basic' : textMember(reader, node, 'scheme').trim()
  const helpText = textOf(textMember(reader, node, 'description'), definitionLimits.variableText)
  switch (scheme.toLowerCase()) {
    case 'basic':
      return readBasic(name, helpText)
    case 'digest':
      return { name, drafts: [withHelp('digest', 'username', helpText)], rank: 3, extra: null, place: authorization }
    case 'oauth':
      return {
        name,
        drafts: [withHelp('oauth1', 'consumer_key', helpText)],
        rank: 4,
        extra: null,
        place: authorization,
      }
    default:
      return readOther(reader, name, node, { scheme, helpText })
  }
}

function withHelp(type: MethodDraft['type'], key: string, helpText: string): MethodDraft {
  return { type, suffix: '', variables: helpText === '' ? [] : [{ key, helpText }] }
}

function readBasic(name: string, helpText: string): SchemeReading {
  return {
    name,
    drafts: [withHelp('basic', 'username', helpText)],
    rank: 2,
    place: authorization,
    extra: (taken) => {
      const key = firstFree(variableKeyOf(name).slice(0, 50), '_', (candidate) => taken.has(`${candidate}_username`))
      const [username, password] = [`${key}_username`, `${key}_password`]
      const label = labelOf(name, 100)
      return {
        variables: [
          { key: username, displayName: `${label} username`, helpText, required: true },
          { key: password, displayName: `${label} password`, required: true, secret: true },
        ],
        parameters: [
          {
            ...{ in: 'header' as const, key: 'Authorization', sentWith: ['endpoint' as const, 'verify' as const] },
            value: `Basic {{ ${username} | append: ":" | append: ${password} | base64_encode }}`,
          },
        ],
      }
    },
  }
}

/** Bearer (RFC 6750), and every other scheme as its name and a token. */
function readOther(
  reader: Reader,
  name: string,
  node: ObjectNode,
  { scheme, helpText }: { scheme: string; helpText: string },
): SchemeReading {
  const isBearer = scheme.toLowerCase() === 'bearer'
  if (
    !isPlainLine(scheme, 64) ||
    findLiteralSecret(`${scheme} {{ token }}`) !== null ||
    !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(scheme)
  ) {
    reader.report.add('invalid', node, `The security scheme ${quote(name)} names no HTTP scheme, so it was left out.`)
    return { name, drafts: [], rank: 0, extra: null, place: null }
  }
  if (!isBearer)
    reader.report.add(
      'changed',
      childOf(node, 'scheme'),
      withChallenge.includes(scheme.toLowerCase())
        ? `${quote(scheme)} answers a challenge of the server, which Patchbay cannot do. The method sends a fixed value after its name.`
        : `${quote(scheme)} is no scheme that Patchbay knows. The method sends “Authorization: ${scheme}” and a token: change its template if the API expects more.`,
    )
  const prefix = isBearer ? 'Bearer' : scheme
  return {
    name,
    drafts: [
      {
        ...{ type: 'token', suffix: '', variables: helpText === '' ? [] : [{ key: 'token', helpText }] },
        options: { placement: { place: 'header', key: 'Authorization', value: `${prefix} {{ token }}` } },
      },
    ],
    rank: 2,
    place: authorization,
    extra: (taken) => {
      const variable = extraVariable(name, helpText, taken)
      const value = `${prefix} {{ ${variable.key} }}`
      return {
        variables: [variable],
        parameters: [{ in: 'header', key: 'Authorization', value, sentWith: ['endpoint', 'verify'] }],
      }
    },
  }
}
