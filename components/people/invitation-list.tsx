'use client'

import { useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { ShownOnce } from '@/components/people/shown-once'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog } from '@/components/ui/dialog'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusBadge } from '@/components/ui/status-badge'
import { Table } from '@/components/ui/table'
import { toast } from '@/components/ui/toast'
import { roleLabels } from '@/lib/domain/access/roles'
import { renewInvitationAction, withdrawInvitationAction } from '@/lib/people/actions'
import type { InvitationView, LinkView } from '@/lib/people/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** The invitations that nobody has accepted yet. */
export function InvitationList({ invitations }: { invitations: InvitationView[] }) {
  return (
    <Table label="Invitations" stacked>
      <thead>
        <tr>
          <th scope="col">Email</th>
          <th scope="col">Role</th>
          <th scope="col">Invited</th>
          <th scope="col">Expires</th>
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {invitations.map((invitation) => (
          <tr key={invitation.id}>
            <td className="min-w-0 font-medium break-all">{invitation.email}</td>
            <td className="whitespace-nowrap" data-label="Role">
              {roleLabels[invitation.role]}
            </td>
            <td className="text-muted" data-label="Invited">
              <RelativeTime at={invitation.invitedAt} /> by {invitation.invitedBy}
            </td>
            <td className="whitespace-nowrap text-muted" data-label="Expires">
              {invitation.expired ? (
                <StatusBadge tone="warn" quiet>
                  Expired
                </StatusBadge>
              ) : (
                <RelativeTime at={invitation.expiresAt} />
              )}
            </td>
            <td>
              <span className="flex flex-wrap justify-end gap-2 max-md:justify-start">
                <NewLink invitation={invitation} />
                <Withdraw invitation={invitation} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function NewLink({ invitation: { id, email } }: { invitation: InvitationView }) {
  const [renewInvitation, pending] = useAction(renewInvitationAction, unansweredResult)
  const [link, setLink] = useState<LinkView | null>(null)
  const renew = async () => {
    const answer = await renewInvitation({ invitationId: id })
    if (answer.ok) setLink(answer.value)
    else toast.error(answer.error.message)
  }
  return (
    <>
      <Button size="sm" pending={pending} aria-label={`Create new link for ${email}`} onClick={renew}>
        Create new link
      </Button>
      <Dialog
        open={link !== null}
        onOpenChange={() => setLink(null)}
        title="New invitation link"
        description="The earlier link no longer works."
        footer={
          <Button variant="primary" onClick={() => setLink(null)}>
            Done
          </Button>
        }
      >
        {link && <ShownOnce link={link} label="Copy invitation link" />}
      </Dialog>
    </>
  )
}

function Withdraw({ invitation: { id, email } }: { invitation: InvitationView }) {
  const [withdrawInvitation] = useAction(withdrawInvitationAction, unansweredResult)
  const withdraw = async () => {
    const answer = await withdrawInvitation({ invitationId: id })
    if (!answer.ok) return answer.error.message
    toast.success('Invitation withdrawn')
  }
  return (
    <ConfirmDialog
      title={`Withdraw the invitation of ${email}?`}
      confirmLabel="Withdraw invitation"
      danger
      trigger={
        <Button size="sm" aria-label={`Withdraw invitation of ${email}`}>
          Withdraw
        </Button>
      }
      onConfirm={withdraw}
    >
      <p>The link stops working. You can invite this person again.</p>
    </ConfirmDialog>
  )
}
