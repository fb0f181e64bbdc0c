import { StatusBadge, type Tone } from '@/components/ui/status-badge'
import type { RequestOutcome } from '@/lib/request-log/words'
import { requestOutcomes } from '@/lib/request-log/words'

const tones: Record<RequestOutcome, Tone> = { succeeded: 'ok', refused: 'warn', failed: 'bad', not_sent: 'neutral' }

export function RequestOutcomeBadge({ outcome, status }: { outcome: RequestOutcome; status: number | null }) {
  return (
    <StatusBadge tone={tones[outcome]} quiet>
      {requestOutcomes[outcome]}
      {status !== null && ` (${status})`}
    </StatusBadge>
  )
}
