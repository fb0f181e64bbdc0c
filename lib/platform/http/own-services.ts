import { networkInterfaces } from 'node:os'
import { classifyAddress, parseAddress } from './address-class'
import { foldHost, type EgressPolicy, type OwnService, type Target } from './egress-policy'
import type { ResolveHost } from './resolve-host'

const defaultPorts: Record<string, number> = { 'http:': 80, 'https:': 443, 'postgres:': 5432, 'postgresql:': 5432 }

function serviceAt(kind: OwnService['kind'], address: string, onThisMachine: boolean): OwnService | null {
  // Postgres also accepts `postgres://user@/database`, which is not a valid URL.
  const text = address.replace('@/', '@localhost/')
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const host = url.searchParams.get('host') ?? url.hostname
  const port = Number(url.searchParams.get('port') ?? url.port) || (defaultPorts[url.protocol] ?? 0)
  // A socket folder or no host means that the server runs on this machine.
  const local = host === '' || host.startsWith('/')
  return {
    kind,
    host: local ? 'localhost' : foldHost(decodeURIComponent(host)),
    port,
    onThisMachine: onThisMachine || local,
  }
}

/** The app at its own port and its public addresses, and its database. */
export function ownServices(given: {
  port: number
  appUrl: string
  publicUrls: readonly string[]
  databaseUrl: string
}): OwnService[] {
  const found = [
    serviceAt('app', `http://localhost:${given.port}`, true),
    ...[given.appUrl, ...given.publicUrls].map((url) => serviceAt('app', url, false)),
    serviceAt('database', given.databaseUrl, false),
  ].filter((service) => service !== null)
  return found.filter(
    (service, index) =>
      found.findIndex((other) => other.host === service.host && other.port === service.port) === index,
  )
}

function isThisMachine(text: string): boolean {
  const address = parseAddress(text)
  if (!address) return false
  const { class: found, text: canonical } = classifyAddress(address)
  if (found === 'loopback' || found === 'unspecified') return true
  const mine = Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])
  return mine.some((entry) => parseAddress(entry.address)?.toString() === canonical)
}

async function listensAt(service: OwnService, target: Target, resolve: ResolveHost): Promise<boolean> {
  if (service.port !== target.port) return false
  if (service.host === foldHost(target.host)) return true
  const wanted = target.address.toString()
  if (service.host === wanted) return true
  if (service.onThisMachine) return isThisMachine(wanted)
  // A public address may be shared with other sites, so that only the name is decisive.
  if (service.kind === 'app') return false
  const addresses = await resolve(service.host).catch(() => [])
  return addresses.some(
    (address) => parseAddress(address)?.toString() === wanted || (isThisMachine(address) && isThisMachine(wanted)),
  )
}

/**
 * The service of this installation that a connection would reach, if any. Names are resolved only if the port matches.
 */
export async function findOwnService(
  policy: EgressPolicy,
  target: Target,
  resolve: ResolveHost,
): Promise<OwnService | null> {
  for (const service of policy.own) if (await listensAt(service, target, resolve)) return service
  return null
}
