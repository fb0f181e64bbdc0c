import { readPath, writePath } from '@/components/authentication-methods/draft-path'
import type { MethodDraft } from '@/components/authentication-methods/method-draft'
import { urlFieldOf } from '@/components/authentication-methods/phase-words'
import { clientAuthentications } from '@/lib/domain/method-options/option-choices'
import type { TypeDescription } from '@/lib/domain/authentication/describe-type'
import type { DiscoveredServer } from '@/lib/domain/oauth2/discovery'

/** The discovered value of one field, and its current value. */
export type DiscoveredChange = { name: string; label: string; before: string; after: string; value: unknown }

/**
 * The fields of the draft that would change. Fields that the type does not have, or the server does not publish, stay
 * as they are.
 */
export function discoveredChanges(
  definition: TypeDescription,
  draft: MethodDraft,
  server: DiscoveredServer,
): DiscoveredChange[] {
  const urls = (
    [
      ['exchange', server.tokenUrl],
      ['authorise', server.authoriseUrl],
      ['revoke', server.revokeUrl],
    ] as const
  ).filter(([kind]) => definition.phases.includes(kind))
  const authorises = definition.optionGroups.includes('authorise')
  const candidates: [name: string, label: string, value: unknown][] = [
    ...urls.map(([kind, url]): [string, string, unknown] => [
      `phases.${kind}.url`,
      urlFieldOf(definition, kind).label,
      url,
    ]),
    ['options.clientAuthentication', 'Client authentication', server.clientAuthentication],
    ...(authorises
      ? ([
          ['options.pkce', 'PKCE', server.pkce],
          ['options.issuer', 'Issuer', server.issuer],
          ['options.issuerAdvertised', 'The server always sends its issuer (iss)', server.issuerAdvertised],
        ] as [string, string, unknown][])
      : []),
  ]
  return candidates
    .filter(([name, , value]) => value !== null && value !== (readPath(draft, name) ?? ''))
    .map(([name, label, value]) => ({
      name,
      label,
      value,
      before: inWords(readPath(draft, name)),
      after: inWords(value),
    }))
}

export function withDiscovered(draft: MethodDraft, changes: readonly DiscoveredChange[]): MethodDraft {
  return changes.reduce((changed, { name, value }) => writePath(changed, name, value), draft)
}

function inWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value !== 'string') return ''
  return Object.hasOwn(clientAuthentications, value)
    ? clientAuthentications[value as keyof typeof clientAuthentications]
    : value
}
