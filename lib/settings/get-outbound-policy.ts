import 'server-only'
import { noInput } from '@/lib/operations/input'
import { succeed } from '@/lib/domain/result'
import { currentNetwork } from '@/lib/platform/http/network'
import { networkNames } from '@/lib/platform/http/address-refusal'
import type { AddressClass } from '@/lib/platform/http/address-class'
import type { EgressPolicy } from '@/lib/platform/http/egress-policy'
import { mostRedirects } from '@/lib/platform/http/redirect'
import { defaultMaxResponseBytes } from '@/lib/platform/http/send-options'
import { type OutboundPolicyView, outboundPolicyView } from './policy-views'
import { operation } from '@/lib/operations/operation'

export function outboundPolicyOf(policy: EgressPolicy): OutboundPolicyView {
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
    maxResponseBytes: defaultMaxResponseBytes,
  }
}

/** The current outbound network policy (DATA §15). */
export const getOutboundPolicy = operation({
  name: 'get_outbound_policy',
  permission: 'administer',
  input: noInput,
  output: outboundPolicyView,
  run: async () => succeed(outboundPolicyOf(currentNetwork().policy)),
})
