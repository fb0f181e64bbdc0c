import { StatusBadge, type Tone } from '@/components/ui/status-badge'
import { keyStates, type KeyState } from '@/lib/domain/access/api-keys'

const tones: Record<KeyState, Tone> = { active: 'ok', expired: 'warn', revoked: 'neutral' }

export function KeyStateBadge({ state, quiet = false }: { state: KeyState; quiet?: boolean }) {
  return (
    <StatusBadge tone={tones[state]} quiet={quiet}>
      {keyStates[state]}
    </StatusBadge>
  )
}
