import ipaddr from 'ipaddr.js'

/**
 * What counts as one address when sign-ins are slowed down: of IPv6 the network of 64 bits that one customer usually has
 * (RFC 6177 §2), since a machine can take any address in it. A text that is no address counts as it is.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`
}
