import { checkCookieName } from '../content/cookies'
import { checkHeader } from '../content/headers'
import { refuse, succeed, type Result } from '../result'
import type { Secrecy } from '../secrecy'
import { renderTemplate } from '../templates/render-template'
import { parseTemplate } from '../templates/parse-template'
import type { Placement } from '../method-options/options-schema'
import type { AppliedCredentials, CredentialInput } from './types'

export const nothingApplied: AppliedCredentials = {
  headers: [],
  queryPairs: [],
  bodyParameters: [],
  cookies: [],
  secrecy: 'none',
}

/** Renders a credential for the method's location: header, query, body or cookie. */
export function applyPlacement(
  placement: Placement,
  { scope, context }: Pick<CredentialInput, 'scope' | 'context'>,
): Result<AppliedCredentials> {
  if (placement.place === 'none') return succeed(nothingApplied)
  const template = parseTemplate(placement.value)
  if (!template.ok) return template
  const rendered = renderTemplate(template.value, scope, context)
  if (!rendered.ok) return rendered
  const { text, secrecy } = rendered.value
  const pair: [string, string] = [placement.key, text]
  if (placement.place === 'url') return succeed({ ...nothingApplied, queryPairs: [pair], secrecy })
  if (placement.place === 'body') return succeed({ ...nothingApplied, bodyParameters: [pair], secrecy })
  if (placement.place === 'cookie') return applyCookie(pair, secrecy)
  const header = checkHeader(...pair)
  return header.ok ? succeed({ ...nothingApplied, headers: [pair], secrecy }) : header
}

/** A value with a semicolon would begin another cookie. @see RFC 6265 §4.1.1 */
function applyCookie([name, value]: [string, string], secrecy: Secrecy): Result<AppliedCredentials> {
  const named = checkCookieName(name)
  if (!named.ok) return named
  if (!/^[\u0021-\u007e]*$/.test(value) || /[";,\\]/.test(value.replace(/^"(.*)"$/, '$1')))
    return refuse(
      'invalid_value',
      `The value of the cookie ${name} contains a character that is not allowed in cookies.`,
    )
  return succeed({ ...nothingApplied, cookies: [[name, value]], secrecy })
}
