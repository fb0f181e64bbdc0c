import { StatusBadge, type Tone } from '@/components/ui/status-badge'
import { statusInWords } from '@/lib/domain/http-status-words'
import type { RequestOutcome } from '@/lib/request-log/words'

const tones: Record<RequestOutcome, Tone> = { succeeded: 'ok', refused: 'warn', failed: 'bad', not_sent: 'neutral' }

/** The status with its standard phrase (“401 Unauthorized”), or why no response arrived. */
export function RequestOutcomeBadge({ outcome, status }: { outcome: RequestOutcome; status: number | null }) {
  const withoutStatus = outcome === 'not_sent' ? 'Not sent' : 'No response'
  return (
    <StatusBadge tone={tones[outcome]} quiet>
      {status === null ? withoutStatus : statusInWords(status)}
    </StatusBadge>
  )
}
