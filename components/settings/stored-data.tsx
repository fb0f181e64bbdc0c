import { KeyValueList } from '@/components/ui/key-value-list'
import { Section } from '@/components/ui/section'
import { counted } from '@/lib/domain/counted'
import { hoursInWords, sessionDays, statusChangeDays } from '@/lib/domain/retention'
import type { RetentionView } from '@/lib/settings/views'

/** What is stored, for how long, and what is permanent. */
export function StoredData({ retention: { requestDays, bodyHours } }: { retention: RetentionView }) {
  return (
    <Section
      title="What is stored"
      description="A clean-up runs every hour and deletes what is older. The audit log is permanent: nothing changes or deletes it."
    >
      <KeyValueList
        items={[
          { label: 'Requests', value: `${counted(requestDays, 'day')}: address, status, headers and timing` },
          {
            label: 'Bodies of requests',
            value: `${hoursInWords(bodyHours)}: what was sent and received, sealed, up to 64 KiB each`,
          },
          { label: 'Status of instances', value: `${counted(statusChangeDays, 'day')}: when and why it changed` },
          { label: 'Sessions', value: `${counted(sessionDays, 'day')} after their end: browser and address` },
          { label: 'Audit log', value: 'Permanent: who changed what, and when' },
        ]}
      />
    </Section>
  )
}
