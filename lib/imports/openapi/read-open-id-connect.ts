import { definitionLimits } from './limits'
import { linkField } from '@/lib/domain/text-schema'
import { childOf, type ObjectNode } from './nodes'
import { textMember, type Reader } from './reader'
import type { SchemeReading } from './scheme-methods'
import { quote } from './texts'

const configuration = '/.well-known/openid-configuration'

/**
 * OpenID Connect: the issuer is stored, and a person fills the URLs from its metadata. Reading it needs the network, and
 * a person has to see where credentials will be sent.
 */
export function readOpenIdConnect(reader: Reader, name: string, node: ObjectNode): SchemeReading {
  const url = textMember(reader, node, 'openIdConnectUrl').trim()
  const issuer = url
    .slice(0, definitionLimits.url)
    .replace(new RegExp(`${configuration}/?$`), '')
    .replace(/\/+$/, '')
  const isUsable = linkField.safeParse(issuer).success && !/[{}]/.test(issuer)
  if (!isUsable)
    reader.report.add(
      'invalid',
      childOf(node, 'openIdConnectUrl'),
      `${quote(name)} names no issuer. Enter the URLs of the method.`,
    )
  else
    reader.report.add(
      'changed',
      node,
      `Open the tab URLs of ${quote(name)} and choose Fill from discovery: an import asks no authorisation server.`,
    )
  return {
    name,
    drafts: [
      {
        ...{ type: 'oauth2_authorization_code', suffix: '' },
        variables: [{ key: 'scope', defaultValue: 'openid' }],
        options: isUsable ? { issuer } : {},
      },
    ],
    rank: 5,
    extra: null,
    place: 'header authorization',
  }
}
