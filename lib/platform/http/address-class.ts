import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * The kind of network that an address belongs to. Only `public` is reachable without permission. An address that is not
 * clearly public is in another class, so that ranges assigned in the future are refused until they are known here.
 */
export type AddressClass =
  | 'public'
  | 'loopback'
  | 'private'
  | 'link_local'
  | 'shared'
  | 'metadata'
  | 'multicast'
  | 'unspecified'
  | 'reserved'
  | 'embedded'

export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6

export type ClassifiedAddress = {
  address: IpAddress
  /** Canonical text: one spelling per address, without a zone. */
  text: string
  class: AddressClass
  /** The IPv4 address that a translated or tunnelled IPv6 address leads to. */
  embedded: ipaddr.IPv4 | null
}

/** Metadata services of clouds, which return credentials. 168.63.129.16 would be public by its range. */
const metadataAddresses = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
])

const classOfRange: Record<string, AddressClass> = {
  unicast: 'public',
  loopback: 'loopback',
  private: 'private',
  uniqueLocal: 'private',
  deprecatedSiteLocal: 'private',
  linkLocal: 'link_local',
  carrierGradeNat: 'shared',
  multicast: 'multicast',
  unspecified: 'unspecified',
  rfc6145: 'embedded',
  rfc6052: 'embedded',
  '6to4': 'embedded',
  teredo: 'embedded',
}

/** The assigned global unicast range of IPv6 (RFC 4291 §2.4, IANA registry). */
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3]
/** IPv4-compatible addresses, deprecated (RFC 4291 §2.5.5.1). */
const compatible: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('::'), 96]

/**
 * Parses an address as written by a resolver, a socket or a URL, without brackets, zone and IPv4 mapping. Null if it is
 * not an address.
 */
export function parseAddress(text: string): IpAddress | null {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  if (isIP(bare) === 0) return null
  return ipaddr.process(bare)
}

function lastFourBytes(address: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(12))
}

function embeddedAddress(address: ipaddr.IPv6): ipaddr.IPv4 {
  const bytes = address.toByteArray()
  const range = address.range() as string
  if (range === '6to4') return new ipaddr.IPv4(bytes.slice(2, 6))
  // Teredo hides the client's address with its bits inverted (RFC 4380 §4).
  if (range === 'teredo') return new ipaddr.IPv4(bytes.slice(12).map((byte) => byte ^ 0xff))
  return lastFourBytes(address)
}

function classOf(address: IpAddress): AddressClass {
  if (metadataAddresses.has(address.toString())) return 'metadata'
  const range = address.range() as string
  const known = classOfRange[range] ?? 'reserved'
  if (address.kind() === 'ipv4' || known !== 'public') return known
  const v6 = address as ipaddr.IPv6
  if (v6.match(compatible)) return 'embedded'
  return v6.match(globalUnicast) ? 'public' : 'reserved'
}

export function classifyAddress(address: IpAddress): ClassifiedAddress {
  const found = classOf(address)
  const embedded = found === 'embedded' ? embeddedAddress(address as ipaddr.IPv6) : null
  return { address, text: address.toString().replace(/%.*$/, ''), class: found, embedded }
}
