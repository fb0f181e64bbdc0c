'use client'

import { useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { ShownOnce } from '@/components/people/shown-once'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { createResetLinkAction } from '@/lib/people/actions'
import type { LinkView, PersonView } from '@/lib/people/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** A link with which a person who forgot their password sets a new one. */
export function ResetLinkDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const [createResetLink, pending] = useAction(createResetLinkAction, unansweredResult)
  const [link, setLink] = useState<LinkView | null>(null)
  const [refusal, setRefusal] = useState('')
  const create = async () => {
    const answer = await createResetLink({ userId: person.id })
    if (answer.ok) setLink(answer.value)
    else setRefusal(answer.error.message)
  }
  const close = (
    <Button variant={link ? 'primary' : undefined} onClick={onClose}>
      {link ? 'Done' : 'Cancel'}
    </Button>
  )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Reset the password of ${person.name}`}
      footer={
        link ? (
          close
        ) : (
          <>
            {close}
            <Button variant="primary" pending={pending} onClick={create}>
              Create reset link
            </Button>
          </>
        )
      }
    >
      <div className="grid gap-4">
        {refusal && <Alert tone="bad">{refusal}</Alert>}
        {link ? (
          <ShownOnce link={link} label="Copy reset link" />
        ) : (
          <p>
            With the link {person.name} sets a new password. The old one works until then. Setting a new one ends all
            their sessions. An earlier reset link stops working.
          </p>
        )}
      </div>
    </Dialog>
  )
}
