import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import type { AuthorisedInstance } from '@/lib/connectors/views'
import { instanceStatuses } from '@/lib/domain/vocabulary'

/** The end of an authorisation at a third party. Names the instance only where the list below does not show it. */
export function AuthorisedNotice({ instance, isListed }: { instance: AuthorisedInstance; isListed: boolean }) {
  if (isListed)
    return (
      <Alert
        tone="ok"
        title={`The authorisation is complete: the instance is ${instanceStatuses[instance.status].toLowerCase()}.`}
      />
    )
  return (
    <Alert
      tone="ok"
      title={`The authorisation is complete: “${instance.name}” is ${instanceStatuses[instance.status].toLowerCase()}.`}
      actions={
        <ButtonLink size="sm" href={`/instances/${instance.id}`}>
          Instance settings
        </ButtonLink>
      }
    />
  )
}
