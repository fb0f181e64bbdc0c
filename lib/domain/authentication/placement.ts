import { checkHeader } from '../headers'
import { succeed, type Result } from '../result'
import { renderTemplate } from '../render-template'
import { parseTemplate } from '../templates'
import type { AppliedCredentials, CredentialInput, Placement } from './types'

export const nothingApplied: AppliedCredentials = { headers: [], queryPairs: [], bodyParameters: [], secrets: [] }

/** Renders a credential and puts it into the header, the query or the body, as the method says. */
export function applyPlacement(
  placement: Placement,
  { scope, context }: Pick<CredentialInput, 'scope' | 'context'>,
): Result<AppliedCredentials> {
  const template = parseTemplate(placement.value)
  if (!template.ok) return template
  const secrets: string[] = []
  const rendered = renderTemplate(template.value, scope, { ...context, onSecret: (text) => secrets.push(text) })
  if (!rendered.ok) return rendered
  const pair: [string, string] = [placement.key, rendered.value]
  if (placement.place === 'url') return succeed({ ...nothingApplied, queryPairs: [pair], secrets })
  if (placement.place === 'body') return succeed({ ...nothingApplied, bodyParameters: [pair], secrets })
  const header = checkHeader(...pair)
  return header.ok ? succeed({ ...nothingApplied, headers: [pair], secrets }) : header
}
