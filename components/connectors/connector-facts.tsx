import { KeyValueList } from '@/components/ui/key-value-list'
import { Section } from '@/components/ui/section'
import type { ConnectorDetail } from '@/lib/connectors/views'
import { systemTypes } from '@/lib/domain/vocabulary'
import { rateInWords, rateOf } from '@/lib/domain/rate-limit'

/** Basic details for those who may not change them. */
export function ConnectorFacts({ connector }: { connector: ConnectorDetail }) {
  const { description, versionLabel, baseUrl, dateFormat, documentationUrl, allowedHosts } = connector
  const rate = rateOf(connector)
  return (
    <Section
      title="Basic details"
      description="Your role can view these details. Managers and administrators can change them."
    >
      <KeyValueList
        items={[
          { label: 'Description', value: description || null },
          { label: 'Version', value: versionLabel || null },
          { label: 'System type', value: systemTypes[connector.systemType] },
          { label: 'Base URL', value: baseUrl ? <code className="break-all">{baseUrl}</code> : null },
          { label: 'Date format', value: <code>{dateFormat}</code> },
          { label: 'Default rate limit', value: rate && rateInWords(rate) },
          { label: 'Documentation', value: documentationUrl || null },
          {
            label: 'Allowed hosts',
            value: allowedHosts.length === 0 ? null : <code className="break-all">{allowedHosts.join(', ')}</code>,
          },
        ]}
      />
    </Section>
  )
}
