'use client'

import { useRouter } from 'next/navigation'
import { toast } from '@/components/ui/toast'
import { AuthoriseButton } from '@/components/instances/authorise-button'
import { useAction } from '@/components/forms/use-action'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { discardInstanceAction, discardPendingAction } from '@/lib/instances/actions'
import type { InstanceDetail } from '@/lib/instances/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type AuthorisationNoticeProps = {
  instance: InstanceDetail
  canChange: boolean
  pending: boolean
  onAuthorise: () => void
  /** The same as for AuthoriseButton. */
  authoriseAt: string | null
}

/** The state of an instance that a person has to authorise, and what to do about it (DATA §8). */
export function AuthorisationNotice({ instance, canChange, ...button }: AuthorisationNoticeProps) {
  const { health, connector } = instance
  const authorise = (label: 'Authorise' | 'Authorise again') => <AuthoriseButton label={label} {...button} />
  if (health.status === 'awaiting_authorisation') {
    return (
      <Alert
        tone="warn"
        title={`This instance has to be authorised at ${connector.name}`}
        actions={
          canChange && (
            <>
              <DiscardInstance instance={instance} />
              {authorise('Authorise')}
            </>
          )
        }
      >
        {instance.pending ? (
          <>
            What you entered is stored encrypted and will be deleted <RelativeTime at={instance.pending.expiresAt} />.
          </>
        ) : (
          'Enter its credentials under Authentication.'
        )}{' '}
        Until then no flow can use it.
      </Alert>
    )
  }
  if (instance.pending?.isNew) {
    return (
      <Alert
        tone="warn"
        title="New values are waiting for an authorisation"
        actions={
          canChange && (
            <>
              <DiscardPending instanceId={instance.id} />
              {authorise('Authorise')}
            </>
          )
        }
      >
        The previous values are still in use. The new ones are marked below, and are deleted{' '}
        <RelativeTime at={instance.pending.expiresAt} />.
      </Alert>
    )
  }
  if (health.status === 'needs_authorising_again') {
    return (
      <Alert
        tone="warn"
        title="This instance needs authorising again"
        actions={canChange && authorise('Authorise again')}
      >
        {health.statusReason}
      </Alert>
    )
  }
  if (!canChange) return null
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-muted">
      <p className="min-w-0 flex-1 basis-72">This instance is verified by authorising it at {connector.name}.</p>
      {authorise('Authorise again')}
    </div>
  )
}

function DiscardPending({ instanceId }: { instanceId: string }) {
  const [discardPending, pending] = useAction(discardPendingAction, unansweredResult)
  const discard = async () => {
    const discarded = await discardPending({ instanceId })
    if (!discarded.ok) toast.error(discarded.error.message)
  }
  return (
    <Button variant="ghost" pending={pending} onClick={discard}>
      Discard
    </Button>
  )
}

function DiscardInstance({ instance }: { instance: InstanceDetail }) {
  const router = useRouter()
  const [discardInstance] = useAction(discardInstanceAction, unansweredResult)
  const discard = async () => {
    const discarded = await discardInstance({ instanceId: instance.id })
    if (!discarded.ok) return discarded.error.message
    toast.success(`“${discarded.value.name}” discarded`)
    router.replace('/connectors')
  }
  return (
    <ConfirmDialog
      title={`Discard ${instance.name}?`}
      confirmLabel="Discard instance"
      danger
      trigger={<Button variant="ghost">Discard</Button>}
      onConfirm={discard}
    >
      <p>It was never authorised, so no flow uses it. The values entered for it are deleted too.</p>
    </ConfirmDialog>
  )
}
