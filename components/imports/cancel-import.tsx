'use client'

import { useRouter } from 'next/navigation'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toast } from '@/components/ui/toast'
import { cancelImportAction } from '@/lib/imports/import-actions'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type CancelImportProps = { importId: string; /** It failed, so nothing is lost. */ hasFailed?: boolean }

/** Asks first: what was chosen and renamed would be lost. */
export function CancelImport({ importId, hasFailed = false }: CancelImportProps) {
  const router = useRouter()
  const [cancel] = useAction(cancelImportAction, unansweredResult)
  const confirm = async () => {
    const answer = await cancel({ importId })
    if (!answer.ok) return answer.error.message
    // Not by a redirect of the action: the live event that it causes refreshes this page, which would stop the redirect.
    router.push('/connectors/import')
  }
  const remove = async () => {
    const refusal = await confirm()
    if (refusal) toast.error(refusal)
  }
  if (hasFailed) return <Button onClick={() => void remove()}>Remove</Button>
  return (
    <ConfirmDialog
      title="Cancel this import?"
      confirmLabel="Cancel import"
      danger
      trigger={<Button>Cancel import</Button>}
      onConfirm={confirm}
    >
      <p>Nothing is added or changed. What you have chosen here is deleted.</p>
    </ConfirmDialog>
  )
}
