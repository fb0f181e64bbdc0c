'use client'

import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { retryAuthorisationAction } from '@/lib/authorisations/actions'

/** Sends the person to the third party again, with the pending values. */
export function TryAgain({ instanceId }: { instanceId: string }) {
  return (
    <ActionForm action={retryAuthorisationAction} guard={false} aria-label="Try again">
      <input type="hidden" name="instanceId" value={instanceId} />
      <SubmitButton>Try again</SubmitButton>
    </ActionForm>
  )
}
