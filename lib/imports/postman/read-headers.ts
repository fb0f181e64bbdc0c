import { isObject } from '@/lib/domain/is-object'
import { isCredentialName } from '../curl/find-credentials'
import { childOf, Node, type ObjectNode } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { AuthFields, type Auth } from './auth-fields'
import { postmanLimits } from './limits'
import { descriptionPart, has, listPart, textPart } from './parts'
import type { Sent } from './sent'

/** The headers of a request: a list, of objects or of lines, or one text with a line for each. */
export function readHeaders(report: Report, request: ObjectNode): Sent[] {
  if (!has(request, 'header')) return []
  const given = childOf(request, 'header')
  if (typeof given.value === 'string') return ofLines(given.value.split('\n'), given)
  return listPart(report, request, 'header', postmanLimits.listed).flatMap((node): Sent[] => {
    if (typeof node.value === 'string') return ofLines([node.value], node)
    if (!isObject(node.value)) {
      report.add('invalid', node, 'A header must be an object, so it was left out.')
      return []
    }
    const header = node as ObjectNode
    const sent = { key: textPart(report, header, 'key').trim(), value: textPart(report, header, 'value') }
    if (sent.key === '' && sent.value === '') return []
    const disabled = header.value.disabled === true
    return [{ place: 'header', ...sent, disabled, description: descriptionPart(report, header), node }]
  })
}

/** The header with the content type. */
export function contentTypeOf(headers: readonly Sent[]): Sent | undefined {
  return headers.find(({ key, disabled }) => !disabled && key.toLowerCase() === 'content-type')
}

function ofLines(lines: readonly string[], node: Node): Sent[] {
  return lines.slice(0, postmanLimits.listed).flatMap((line): Sent[] => {
    const [, key = '', value = ''] = /^\s*([^:]*?)\s*:([\s\S]*)$/.exec(line) ?? []
    return key === '' ? [] : [{ place: 'header', key, value: value.trim(), disabled: false, description: '', node }]
  })
}

/**
 * A credential that a request sends itself, without an authentication: `Authorization`, or a header or query parameter
 * with such a name. Null if no header is one.
 */
export function credentialAmong(report: Report, sent: readonly Sent[]): { auth: Auth; sent: Sent } | null {
  const isCredential = ({ key, value, disabled }: Sent) => !disabled && value.trim() !== '' && isCredentialName(key)
  const isAuthorization = (candidate: Sent) =>
    isCredential(candidate) && candidate.place === 'header' && candidate.key.toLowerCase() === 'authorization'
  const found =
    sent.find(isAuthorization) ?? sent.find((candidate) => candidate.place !== 'body' && isCredential(candidate))
  if (found === undefined) return null
  const token = isAuthorization(found) ? /^Bearer\s+(\S[\s\S]*)$/i.exec(found.value)?.[1] : undefined
  const fields: [string, string][] =
    token === undefined
      ? [
          ['key', found.key],
          ['value', found.value],
          ['in', found.place === 'url' ? 'query' : 'header'],
        ]
      : [['token', token]]
  const node = isObject(found.node.value) ? (found.node as ObjectNode) : found.node.withValue({})
  const nodes = new Map(fields.map(([name, value]) => [name, new Node<unknown>(value, node.file, node, 'value')]))
  const type = token === undefined ? 'apikey' : 'bearer'
  return { auth: { type, node, fields: new AuthFields(report, nodes) }, sent: found }
}
