import { checkAllowedHost } from '@/lib/domain/urls/allowed-hosts'

/** The entry of an address in the allowed hosts; null if it cannot be one. */
export function hostOf(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, host } = new URL(url)
  const entry = protocol === 'http:' ? `http://${host}` : host
  const checked = checkAllowedHost(entry)
  return checked.ok ? checked.value : null
}
