import { KeyValueList } from '@/components/ui/key-value-list'
import { Section } from '@/components/ui/section'
import { StatusBadge } from '@/components/ui/status-badge'
import type { OutboundPolicyView } from '@/lib/settings/policy-views'

/** Where the server may send requests. */
export function OutboundPolicy({ policy }: { policy: OutboundPolicyView }) {
  return (
    <Section
      title="Outbound network policy"
      description="Requests may reach public addresses. Private and special networks are refused unless PATCHBAY_OUTBOUND_ALLOW names them; the address actually connected to is checked, and checked again on every redirect."
    >
      <KeyValueList
        items={[
          {
            label: 'Allowed in addition to public addresses',
            value:
              policy.allowed.length === 0 ? (
                'None'
              ) : (
                <ul>
                  {policy.allowed.map(({ entry }) => (
                    <li key={entry}>
                      <code>{entry}</code>
                    </li>
                  ))}
                </ul>
              ),
          },
          {
            label: 'Loopback',
            value: policy.loopbackOpen
              ? 'Allowed, because this is development or the built-in database is used'
              : 'Refused unless allowed above',
          },
          { label: 'Refused networks', value: policy.refused.map(({ name }) => name).join(', ') },
          {
            label: 'This installation itself',
            value: (
              <ul className="grid gap-1">
                {policy.own.map(({ address, kind, allowed }) => (
                  <li key={`${kind}-${address}`} className="flex flex-wrap items-center gap-2">
                    <code>{address}</code>
                    <StatusBadge tone={allowed ? 'warn' : 'neutral'} quiet>
                      {allowed ? 'Allowed by name' : 'Refused'}
                    </StatusBadge>
                  </li>
                ))}
              </ul>
            ),
          },
          { label: 'Redirects followed', value: `At most ${policy.mostRedirects}` },
          { label: 'Maximum response size', value: `${Math.round(policy.maxResponseBytes / 1_048_576)} MiB` },
        ]}
      />
    </Section>
  )
}
