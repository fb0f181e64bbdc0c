import 'server-only'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { networkNames } from './address-refusal'
import type { AddressClass } from './address-class'
import type { EgressPolicy } from './egress-policy'
import { currentNetwork, type Network } from './network'
import { mostRedirects } from './redirect'
import { defaultMaxAnswerBytes } from './send-options'
import type { OutboundPolicyView } from './views'

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
