import ipaddr from 'ipaddr.js'
import { quoted } from '@/lib/platform/quoted'
import {
  classifyAddress,
  parseAddress,
  type AddressClass,
  type ClassifiedAddress,
  type IpAddress,
} from './address-class'

/** Which addresses outgoing requests may reach (PRODUCT §7). Safe by default. */

export type AllowedRange = { entry: string; network: IpAddress; bits: number }
/** A host and port from the allow-list: the only way to the app's own port and database. */
export type AllowedService = { entry: string; host: string; port: number }

/** A service of this installation, which requests can reach only if host and port are on the allow-list. */
export type OwnService = {
  kind: 'app' | 'database'
  host: string
  port: number
  /** Reachable at all addresses of this machine. */
  onThisMachine: boolean
}

export type EgressPolicy = {
  ranges: AllowedRange[]
  services: AllowedService[]
  loopbackOpen: boolean
  own: OwnService[]
}

/** Normalises a host: ignores case and a trailing dot. */
export function foldHost(host: string): string {
  const folded = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
  return parseAddress(folded)?.toString() ?? folded
}

function allowedRange(entry: string): AllowedRange | null {
  if (ipaddr.isValidCIDR(entry)) {
    const [network, bits] = ipaddr.parseCIDR(entry)
    // A mapped range is compared as its IPv4 range.
    if (network.kind() === 'ipv6' && (network as ipaddr.IPv6).isIPv4MappedAddress() && bits >= 96) {
      return { entry, network: (network as ipaddr.IPv6).toIPv4Address(), bits: bits - 96 }
    }
    return { entry, network, bits }
  }
  const address = parseAddress(entry)
  return address && { entry, network: address, bits: address.kind() === 'ipv4' ? 32 : 128 }
}

function allowedService(entry: string): AllowedService | null {
  const match = /^(\[[^\]]+\]|[^:/\s]+):(\d{1,5})$/.exec(entry)
  const port = Number(match?.[2])
  if (!match || port < 1 || port > 65_535) return null
  try {
    return { entry, host: foldHost(new URL(`http://${match[1]}`).hostname), port }
  } catch {
    return null
  }
}

/** The entries of PATCHBAY_OUTBOUND_ALLOW. */
export type AllowList = Pick<EgressPolicy, 'ranges' | 'services'>

/** What is wrong with an entry of PATCHBAY_OUTBOUND_ALLOW; null if it is valid. */
export function allowEntryFault(entry: string): string | null {
  if (allowedRange(entry) || allowedService(entry)) return null
  return `${quoted(entry)} is neither a range (10.0.0.0/8), an address (10.0.0.5) nor host:port (db.internal:5432).`
}

/** Reads the entries of PATCHBAY_OUTBOUND_ALLOW. Throws for an invalid entry, so that it is noticed at start. */
export function parseAllowList(entries: readonly string[]): AllowList {
  const ranges: AllowedRange[] = []
  const services: AllowedService[] = []
  for (const entry of entries) {
    const range = allowedRange(entry)
    const service = range ? null : allowedService(entry)
    if (range) ranges.push(range)
    else if (service) services.push(service)
    else throw new Error(`PATCHBAY_OUTBOUND_ALLOW: ${allowEntryFault(entry)}`)
  }
  return { ranges, services }
}

export type Target = { host: string; port: number; address: IpAddress }

export type Judgement =
  { allowed: true } | { allowed: false; address: string; class: AddressClass; own?: OwnService['kind'] }

const allowed: Judgement = { allowed: true }

function rangeAllows(range: AllowedRange, found: ClassifiedAddress): boolean {
  if (range.network.kind() !== found.address.kind()) return false
  // A range is meant for a network. A metadata service, which returns credentials, must be allowed by its own address.
  const whole = range.network.kind() === 'ipv4' ? 32 : 128
  if (found.class === 'metadata' && range.bits !== whole) return false
  return (found.address as ipaddr.IPv6).match(range.network as ipaddr.IPv6, range.bits)
}

function serviceAllows(service: AllowedService, target: Target, found: ClassifiedAddress): boolean {
  if (service.port !== target.port) return false
  if (service.host === found.text) return true
  return found.class !== 'metadata' && service.host === foldHost(target.host)
}

/**
 * Whether a connection to this address is allowed.
 * @param own the service of this installation that listens there, from findOwnService()
 */
export function judge(policy: EgressPolicy, target: Target, own: OwnService | null): Judgement {
  const found = classifyAddress(target.address)
  if (policy.services.some((service) => serviceAllows(service, target, found))) return allowed
  if (own) return { allowed: false, address: found.text, class: found.class, own: own.kind }
  if (found.class === 'public') return allowed
  if (found.class === 'loopback' && policy.loopbackOpen) return allowed
  if (policy.ranges.some((range) => rangeAllows(range, found))) {
    // Permission for a translated range is no permission for the embedded addresses.
    return found.embedded ? judge(policy, { ...target, address: found.embedded }, own) : allowed
  }
  return { allowed: false, address: found.text, class: found.class }
}
