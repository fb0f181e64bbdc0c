import { KeyRound } from 'lucide-react'
import { StatusBadge, type Tone } from '@/components/ui/status-badge'
import { instanceStatuses, type InstanceStatus } from '@/lib/domain/vocabulary'

const tones: Record<InstanceStatus, Tone> = {
  connected: 'ok',
  not_verified: 'neutral',
  awaiting_authorisation: 'warn',
  needs_authorising_again: 'warn',
  failing: 'bad',
}

export function InstanceStatusBadge({ status, quiet }: { status: InstanceStatus; quiet?: boolean }) {
  return (
    <StatusBadge tone={tones[status]} icon={status === 'awaiting_authorisation' ? KeyRound : undefined} quiet={quiet}>
      {instanceStatuses[status]}
    </StatusBadge>
  )
}
