import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import type { AuthenticationType } from '@/lib/domain/vocabulary'

/**
 * What a method sends as its credential, and where, as a text to compare: two methods with the same text send the same
 * kind of credentials. A header with `Bearer {{ token }}` is the same for a token that was entered and one of OAuth 2.
 */
export function credentialPlace(type: AuthenticationType, { placement, signature }: Partial<MethodOptions>): string {
  if (type === 'request_signature') return `${type} ${signature?.scheme ?? ''}`
  if (placement === undefined || placement.place === 'none') return type
  const key = placement.place === 'header' ? placement.key.toLowerCase() : placement.key
  return `${placement.place} ${key} ${placement.value.split('{{')[0]!.trim().toLowerCase()}`
}
