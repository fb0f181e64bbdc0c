import { Ban, KeyRound, type LucideIcon } from 'lucide-react'
import { StatusBadge, type Tone } from '@/components/ui/status-badge'
import { shownStatuses, type ShownStatus } from '@/lib/domain/vocabulary'

const tones: Record<ShownStatus, Tone> = {
  connected: 'ok',
  not_verified: 'neutral',
  awaiting_authorisation: 'warn',
  needs_authorising_again: 'warn',
  failing: 'bad',
  disabled: 'neutral',
}
const icons: Partial<Record<ShownStatus, LucideIcon>> = { awaiting_authorisation: KeyRound, disabled: Ban }

export function InstanceStatusBadge({ status, quiet }: { status: ShownStatus; quiet?: boolean }) {
  return (
    <StatusBadge tone={tones[status]} icon={icons[status]} quiet={quiet}>
      {shownStatuses[status]}
    </StatusBadge>
  )
}
