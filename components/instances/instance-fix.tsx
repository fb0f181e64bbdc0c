import { CheckNowButton } from '@/components/instances/check-now-button'
import { ButtonLink } from '@/components/ui/button-link'
import type { ShownStatus } from '@/lib/domain/vocabulary'

type InstanceFixProps = {
  instance: { id: string; name: string; status: ShownStatus }
  canRun: boolean
}

/** The link or button that fixes a failing or disabled instance, next to the text that reports it (PRODUCT §11). */
export function InstanceFix({ instance: { id, name, status }, canRun }: InstanceFixProps) {
  if (status === 'needs_authorising_again') {
    return (
      <ButtonLink size="sm" href={`/instances/${id}`} aria-label={`Authorise again: ${name}`}>
        Authorise again
      </ButtonLink>
    )
  }
  if (status === 'disabled') {
    return (
      <ButtonLink size="sm" href={`/instances/${id}`} aria-label={`Enable ${name}`}>
        Enable
      </ButtonLink>
    )
  }
  return (
    <>
      {canRun && <CheckNowButton instanceId={id} label={`Check now: ${name}`} />}
      <ButtonLink size="sm" href={`/instances/${id}`} aria-label={`Open settings: ${name}`}>
        Open settings
      </ButtonLink>
    </>
  )
}
