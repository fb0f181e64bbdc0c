'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { Alert } from '@/components/ui/alert'
import { Checkbox } from '@/components/ui/checkbox'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Spinner } from '@/components/ui/spinner'
import { toast } from '@/components/ui/toast'
import { counted } from '@/lib/domain/counted'
import { previewRemovalAction, removePersonAction } from '@/lib/people/actions'
import type { PersonView, RemovalView } from '@/lib/people/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** Says what ends with a person, and asks what happens to their API keys. */
export function RemovePersonDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const [previewRemoval] = useAction(previewRemovalAction, unansweredResult)
  const [removePerson] = useAction(removePersonAction, unansweredResult)
  const [removal, setRemoval] = useState<RemovalView | null>(null)
  const [refusal, setRefusal] = useState('')
  const [takeOver, setTakeOver] = useState<ReadonlySet<string>>(new Set())
  const preview = useEffectEvent(() => previewRemoval({ userId: person.id }))
  useEffect(() => {
    void preview().then((answer) => (answer.ok ? setRemoval(answer.value) : setRefusal(answer.error.message)))
  }, [])
  const toggle = (id: string, on: boolean) =>
    setTakeOver(new Set(on ? [...takeOver, id] : [...takeOver].filter((other) => other !== id)))
  const remove = async () => {
    const answer = await removePerson({ userId: person.id, takeOver: [...takeOver] })
    if (!answer.ok) return answer.error.message
    toast.success(`${person.name} removed`)
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={person.isSelf ? 'Leave this workspace?' : `Remove ${person.name}?`}
      confirmLabel={person.isSelf ? 'Leave workspace' : 'Remove person'}
      danger
      onConfirm={remove}
    >
      {refusal && <Alert tone="bad">{refusal}</Alert>}
      {removal ? (
        <>
          <Consequences removal={removal} isSelf={person.isSelf} />
          {removal.apiKeys.length > 0 && (
            <Keys removal={removal} isSelf={person.isSelf} takeOver={takeOver} onToggle={toggle} />
          )}
        </>
      ) : (
        !refusal && (
          <p className="flex items-center gap-2 text-muted">
            <Spinner /> Reading what {person.name} started
          </p>
        )
      )}
    </ConfirmDialog>
  )
}

function Consequences({ removal, isSelf }: { removal: RemovalView; isSelf: boolean }) {
  const { name, sessions, authorisations, staysElsewhere } = removal
  const who = isSelf ? 'You' : name
  return (
    <>
      <p>
        {who} can no longer sign in to this workspace.{' '}
        {sessions > 0 && `${counted(sessions, 'open session')} ${sessions === 1 ? 'ends' : 'end'} at once. `}
        {authorisations > 0 &&
          `${counted(authorisations, 'authorisation')} that ${isSelf ? 'you' : name} began cannot be finished. `}
        What {isSelf ? 'you' : name} created and changed stays.
      </p>
      {!staysElsewhere && (
        <p className="text-muted">
          {who} {isSelf ? 'are' : 'is'} in no other workspace, so the account is deleted.
        </p>
      )}
    </>
  )
}

type KeysProps = {
  removal: RemovalView
  isSelf: boolean
  takeOver: ReadonlySet<string>
  onToggle: (id: string, on: boolean) => void
}

/** A key works only while its owner is in the workspace. */
function Keys({ removal: { apiKeys, apiKeyCount }, isSelf, takeOver, onToggle }: KeysProps) {
  const more = apiKeyCount - apiKeys.length
  if (isSelf)
    return (
      <p>
        Your {counted(apiKeyCount, 'API key')} {apiKeyCount === 1 ? 'is' : 'are'} revoked, and what uses{' '}
        {apiKeyCount === 1 ? 'it' : 'them'} stops. To keep them working, ask another administrator to remove you and to
        take them over.
      </p>
    )
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1">
        API keys of this person are revoked, and what uses them stops. Choose those that you take over.
      </legend>
      {apiKeys.map(({ id, name }) => (
        <label key={id} className="flex items-center gap-2">
          <Checkbox checked={takeOver.has(id)} onChange={(event) => onToggle(id, event.target.checked)} />
          <span className="min-w-0 break-words">Take over {name}</span>
        </label>
      ))}
      {more > 0 && (
        <p className="text-muted">
          {counted(more, 'further key')} {more === 1 ? 'is' : 'are'} revoked.
        </p>
      )}
    </fieldset>
  )
}
