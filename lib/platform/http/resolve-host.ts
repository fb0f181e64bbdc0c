import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

/** All addresses of a host name, as resolved by the operating system (including the hosts file). Rejects like node:dns. */
export type ResolveHost = (host: string) => Promise<string[]>

export const resolveHost: ResolveHost = async (host) => {
  if (isIP(host)) return [host]
  const found = await lookup(host, { all: true, order: 'verbatim' })
  return found.map(({ address }) => address)
}
