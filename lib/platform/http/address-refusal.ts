import type { AddressClass } from './address-class'
import type { Judgement, Target } from './egress-policy'
import { SendFailure } from './failure'

export const networkNames: Record<AddressClass, string> = {
  public: 'the public internet',
  loopback: 'the loopback network of the server itself',
  private: 'a private network',
  link_local: 'a link-local network',
  shared: "a provider's shared network (carrier-grade NAT)",
  metadata: "a cloud's metadata service, which returns the server's own credentials",
  multicast: 'multicast',
  unspecified: 'the unspecified address',
  reserved: 'a reserved range',
  embedded: 'a translated or tunnelled range that hides an IPv4 address',
}

const ownNames = { app: 'Patchbay itself', database: "Patchbay's own database" }

function hostAndPort(host: string, port: number): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]:${port}` : `${host}:${port}`
}

/** Says what was refused, why, and which entry would allow it. */
export function addressRefusal(target: Target, judgement: Extract<Judgement, { allowed: false }>): SendFailure {
  const named = target.host === judgement.address ? judgement.address : `${target.host} (${judgement.address})`
  if (judgement.own) {
    const entry = hostAndPort(target.host, target.port)
    return new SendFailure(
      'address_refused',
      `No request was sent to ${named}, port ${target.port}: that is ${ownNames[judgement.own]}. An administrator of the server can allow it by adding ${entry} to PATCHBAY_OUTBOUND_ALLOW.`,
    )
  }
  const entry = `${judgement.address}/${judgement.address.includes(':') ? 128 : 32}`
  return new SendFailure(
    'address_refused',
    `No request was sent to ${named}: the address belongs to ${networkNames[judgement.class]}. If this is intended, an administrator of the server can allow it by adding ${entry}, or its range, to PATCHBAY_OUTBOUND_ALLOW.`,
  )
}
