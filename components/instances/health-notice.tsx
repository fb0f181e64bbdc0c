import type { ReactNode } from 'react'
import { CheckNowButton } from '@/components/instances/check-now-button'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import type { InstanceDetail } from '@/lib/instances/views'

type HealthNoticeProps = {
  instance: InstanceDetail
  canRun: boolean
  /** *Authorise again*, if a person has to authorise the instance. */
  authoriseAgain: ReactNode
  /** Shows the timeline, which says what changed since the last success. */
  onShowChanges: () => void
}

/** Says at the top of the page why the instance is failing or unreachable, next to the way to fix it (PRODUCT §11). */
export function HealthNotice({ instance, canRun, authoriseAgain, onShowChanges }: HealthNoticeProps) {
  const { id, health, connector } = instance
  const checkNow = canRun && <CheckNowButton instanceId={id} />
  if (health.status === 'failing') {
    return (
      <Alert
        tone="bad"
        title="This instance is failing"
        actions={
          <>
            {authoriseAgain}
            {checkNow}
            <Button onClick={onShowChanges}>What changed</Button>
          </>
        }
      >
        {health.statusReason} Correct its credentials below, or check it again once the cause is fixed.
      </Alert>
    )
  }
  if (health.status === 'disabled' || health.unreachableSince === null) return null
  return (
    <Alert tone="warn" title={`${connector.name} does not respond`} actions={checkNow}>
      Unreachable since <RelativeTime at={health.unreachableSince} />. Since then, every request has failed with no
      response, with 429 or with a server error. The credentials may be fine.
    </Alert>
  )
}

/** Whether the notice is shown, with its own *Check now*. */
export function hasHealthNotice({ health }: InstanceDetail): boolean {
  return health.status !== 'disabled' && (health.status === 'failing' || health.unreachableSince !== null)
}
