import { hostname, networkInterfaces } from 'node:os'

/**
 * The host names of this server. A page of another site may point its own name at this machine's address (DNS rebinding)
 * and would then count as the same origin, so requests for other names are refused. Only the Host header says which name
 * the browser used: X-Forwarded-Host can be set by any script.
 */

export type OwnNames = {
  /** APP_URL, if it is set, and PATCHBAY_PUBLIC_URLS. */
  configured: readonly string[]
  /** Whether APP_URL is set: then no other name is accepted. */
  onlyConfigured: boolean
  /** Whether the first person exists. Before that, nobody can have chosen a name for this machine. */
  isSetUp: boolean
}

type Machine = { name: string; addresses: readonly string[] }

/** Ignores ports: proxies leave them out, and another site's name is foreign on every port. */
export function isOwnHost(host: string | undefined, names: OwnNames, machine: () => Machine = thisMachine): boolean {
  const name = hostNameOf(host)
  if (name === null) return false
  if (names.configured.some((url) => new URL(url).hostname === name)) return true
  if (names.onlyConfigured) return false
  if (name === 'localhost') return true
  const { name: machineName, addresses } = machine()
  if (isLoopback(name) || addresses.includes(name)) return true
  return names.isSetUp && namesOf(machineName).includes(name)
}

/** `[::1]:3000` → `[::1]`, `Box.local.:80` → `box.local`; null if it is not a host. */
export function hostNameOf(host: string | undefined): string | null {
  const [, name] = /^(\[[\da-f:.]+\]|[\w.-]+?)\.?(?::\d{1,5})?$/i.exec(host ?? '') ?? []
  return name !== undefined && URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : null
}

const isLoopback = (name: string) => /^127\.\d+\.\d+\.\d+$/.test(name) || name === '[::1]'

function namesOf(machineName: string): string[] {
  const whole = machineName.toLowerCase()
  const short = whole.split('.')[0]!
  return [whole, short, `${short}.local`].filter((name) => name !== '')
}

function thisMachine(): Machine {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return {
    name: hostname(),
    addresses: addresses.map(({ address, family }) =>
      family === 'IPv6' ? new URL(`http://[${address.split('%')[0]}]`).hostname : address,
    ),
  }
}
