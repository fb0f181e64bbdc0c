import 'server-only'
import { permit, type Actor } from '@/lib/domain/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { networkNames } from './address-refusal'
import type { AddressClass } from './address-class'
import type { EgressPolicy, OwnService } from './egress-policy'
import { currentNetwork, type Network } from './network'
import { mostRedirects } from './redirect'
import { defaultMaxAnswerBytes } from './send'

/** The outbound network policy in force, as an administrator sees it in Settings. */
export type OutboundPolicyView = {
  /** Open because of development or the built-in database; else only what `allowed` says. */
  loopbackOpen: boolean
  /** The entries of PATCHBAY_OUTBOUND_ALLOW as they are understood. */
  allowed: { entry: string; kind: 'range' | 'service' }[]
  /** The networks that are refused unless an entry allows them. */
  refused: { class: AddressClass; name: string }[]
  /** What belongs to this installation, refused unless it is named by host and port. */
  own: { kind: OwnService['kind']; address: string; allowed: boolean }[]
  mostRedirects: number
  maxAnswerBytes: number
}

function viewOf(policy: EgressPolicy): OutboundPolicyView {
  const open = new Set<AddressClass>(policy.loopbackOpen ? ['public', 'loopback'] : ['public'])
  const classes = (Object.keys(networkNames) as AddressClass[]).filter((name) => !open.has(name))
  return {
    loopbackOpen: policy.loopbackOpen,
    allowed: [
      ...policy.ranges.map(({ entry }) => ({ entry, kind: 'range' as const })),
      ...policy.services.map(({ entry }) => ({ entry, kind: 'service' as const })),
    ],
    refused: classes.map((name) => ({ class: name, name: networkNames[name] })),
    own: policy.own.map(({ kind, host, port }) => ({
      kind,
      address: host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
      allowed: policy.services.some((service) => service.host === host && service.port === port),
    })),
    mostRedirects,
    maxAnswerBytes: defaultMaxAnswerBytes,
  }
}

export function getOutboundPolicy(actor: Actor, network: Network = currentNetwork()): Result<OutboundPolicyView> {
  const permitted = permit(actor, 'administer')
  return permitted.ok ? succeed(viewOf(network.policy)) : permitted
}
