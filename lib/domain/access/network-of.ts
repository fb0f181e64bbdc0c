import ipaddr from 'ipaddr.js'

/**
 * The network that counts as one address when sign-ins are throttled: for IPv6 the /64 that one customer usually has
 * (RFC 6177 §2), because a machine can take any address in it. Text that is not an address counts as it is.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`
}
