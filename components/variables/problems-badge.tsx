import { StatusBadge } from '@/components/ui/status-badge'
import { problemsIn } from '@/lib/platform/forms/saved-message'

/** In a list: says that a definition uses undefined variables. Shows nothing if there are none. */
export function ProblemsBadge({ unknownVariables }: { unknownVariables: readonly string[] }) {
  if (unknownVariables.length === 0) return null
  return (
    <span title={`Unknown variables: ${unknownVariables.join(', ')}`}>
      <StatusBadge tone="warn" quiet>
        {problemsIn(unknownVariables)}
      </StatusBadge>
    </span>
  )
}
