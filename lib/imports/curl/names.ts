import { derivedName } from '@/lib/domain/requests/derived-name'
import { displayNameOf } from '@/lib/domain/variables/variable-of-name'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import { definitionLimits } from '../openapi/limits'
import { labelOf } from '../openapi/texts'

/** Names that a command does not have, made of its address. */

export function nameOf(httpMethod: HttpMethod, path: string): string {
  return labelOf(derivedName(httpMethod, readablePath(path)), definitionLimits.name) || httpMethod
}

/** Numbers and IDs in a path are one object: `/orders/17` is called like `/orders/{id}`. */
function readablePath(path: string): string {
  return path
    .split('/')
    .map((segment) => (/^(?:\d+|[0-9a-f-]{32,36}|<[^>]*>|\$\{?\w+\}?|.*\d.{15,})$/i.test(segment) ? '{id}' : segment))
    .join('/')
}

export function entityTypeOf(path: string): string {
  const segment =
    readablePath(path)
      .split('/')
      .findLast((part) => part !== '' && !/[{}:$]|^v\d/.test(part)) ?? ''
  return labelOf(
    displayNameOf(segment.replace(/\.\w+$/, '').replace(/%[0-9a-f]{2}/gi, ' ')),
    definitionLimits.entityType,
  )
}

/** `api.acme.com` → “Acme”; an address of numbers as it is. */
export function connectorNameOf(written: string): string {
  const host = written.replace(/[{}<>$]+/g, '')
  const labels = host.replace(/:\d+$/, '').split('.')
  if (labels.length < 2 || labels.every((label) => /^\d+$/.test(label)))
    return labelOf(host, definitionLimits.name) || 'API'
  const name =
    labels.at(-3) !== undefined && /^(?:co|com|org|net|gov|ac)$/.test(labels.at(-2)!) ? labels.at(-3)! : labels.at(-2)!
  return labelOf(name.charAt(0).toUpperCase() + name.slice(1), definitionLimits.name) || 'API'
}
