'use client'

import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import { pendingOriginsId } from '@/components/forms/review-origins'
import { useAction } from '@/components/forms/use-action'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { confirmOriginAction } from '@/lib/connectors/origins/actions'
import type { PendingOrigin } from '@/lib/connectors/origins/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type PendingOriginsProps = { connectorId: string; origins: PendingOrigin[]; canConfirm: boolean }

/**
 * New addresses of a connector that already has instances. Nothing is sent to them until an administrator confirms
 * them.
 */
export function PendingOrigins({ connectorId, origins, canConfirm }: PendingOriginsProps) {
  const [asked, setAsked] = useState<string | null>(null)
  const [confirmOrigin] = useAction(confirmOriginAction, unansweredResult)
  const confirm = async () => {
    const result = await confirmOrigin({ connectorId, origin: asked! })
    if (!result.ok) return result.error.message
    toast.success('Confirmed. Requests can be sent there now.')
  }
  return (
    <Alert
      id={pendingOriginsId}
      tone="warn"
      title={origins.length === 1 ? 'Confirm a new address' : `Confirm ${origins.length} new addresses`}
    >
      <div className="grid gap-2">
        <p>
          The credentials of this connector’s instances were entered for its earlier addresses. Nothing is sent to a new
          address
          {canConfirm
            ? ' until you confirm that it belongs to the same API.'
            : ' until an administrator of the workspace confirms it here.'}
        </p>
        <ul className="grid gap-1.5">
          {origins.map(({ origin, from }) => (
            <li key={origin} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <code className="break-all text-foreground">{origin}</code>
              {from.length > 0 && <span className="min-w-0 break-words">used by {from.join(', ')}</span>}
              {canConfirm && (
                <Button size="sm" aria-label={`Confirm ${origin}`} onClick={() => setAsked(origin)}>
                  Confirm
                </Button>
              )}
            </li>
          ))}
        </ul>
      </div>
      <ConfirmDialog
        title={`Send credentials to ${asked ?? ''}?`}
        confirmLabel="Confirm address"
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        onConfirm={confirm}
      >
        <p>
          Every instance of this connector will then send its credentials there. Confirm only an address that belongs to
          the same API.
        </p>
      </ConfirmDialog>
    </Alert>
  )
}
