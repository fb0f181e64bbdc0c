import { Entrance } from '@/components/frame/entrance'
import { TryAgain } from '@/components/oauth/try-again'
import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import type { AuthorisationRefusal } from '@/lib/authorisations/views'
import { refusalHeading } from './refusal-heading'

/** The page for every error at the end of an authorisation: what happened, why, and how to fix it. */
export function AuthorisationRefused({ refusal }: { refusal: AuthorisationRefusal }) {
  const { code, message, instance, canRetry } = refusal
  return (
    <Entrance title={refusalHeading(code)} description={message}>
      <Alert tone="info">
        {outcomeOf(refusal)}
        {canRetry && ' Your new values are stored for 24 hours: you can try again without re-entering them.'}
      </Alert>
      <div className="flex flex-wrap gap-2">
        {instance && canRetry && <TryAgain instanceId={instance.id} />}
        {instance && (
          <ButtonLink href={`/instances/${instance.id}`} variant={canRetry ? 'secondary' : 'primary'}>
            Back to the instance settings
          </ButtonLink>
        )}
        {!instance && (
          <ButtonLink href="/connectors" variant="primary">
            Go to connectors
          </ButtonLink>
        )}
      </div>
    </Entrance>
  )
}

function outcomeOf({ code, instance }: AuthorisationRefusal): string {
  if (!instance) return 'Nothing has changed. To start again, open the settings of the instance and authorise it there.'
  // The instance has changed, but not by this.
  if (code === 'changed_by_someone_else') return 'Your authorisation was not applied.'
  return `“${instance.name}” has not changed.`
}
