'use client'

import { useState, type FormEvent } from 'react'
import { SignInAgainFields } from '@/components/session/sign-in-again-fields'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { unansweredResult } from '@/lib/platform/forms/unanswered'
import { signInAgainAction } from '@/lib/platform/session/actions'
import { workspaceIdOf, type PagePerson, type SignedOut } from '@/lib/platform/session/signed-out'

type SignInAgainProps = {
  person: PagePerson
  signedOut: SignedOut['signedOut']
  /** Called with the person who acts from now on; null if it was cancelled. */
  onSettle: (next: PagePerson | null) => void
}

/**
 * A dialog over a form whose session has ended. The form stays as it is, and is saved after the person has signed in.
 */
export function SignInAgain({ person, signedOut, onSettle }: SignInAgainProps) {
  const other = signedOut.reason === 'someone_else' ? signedOut.person : null
  const [asSomeoneElse, setAsSomeoneElse] = useState(false)
  const [refusal, setRefusal] = useState('')
  // Not the pending state of the call: React ends that only when the action that waits for this dialog has ended too.
  const [pending, setPending] = useState(false)
  const [signIn] = useAction(signInAgainAction, unansweredResult)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    event.stopPropagation()
    if (pending) return
    const data = new FormData(event.currentTarget)
    const text = (name: string) => data.get(name)?.toString() ?? ''
    setPending(true)
    const email = asSomeoneElse ? text('email') : person.email
    const answer = await signIn({ email, password: text('password'), workspaceId: workspaceIdOf(person.key) })
    setPending(false)
    if (answer.ok) onSettle(answer.value)
    else setRefusal(answer.error.message)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onSettle(null)}
      size="sm"
      asksBeforeClosing={false}
      title={other ? `${other.name} has signed in` : 'Your session has ended'}
      description={
        other
          ? `Someone signed in as ${other.name} on this browser. Nothing was saved yet, and what you typed is still here.`
          : 'Nothing was saved yet, and what you typed is still here.'
      }
      footer={
        <>
          <Button onClick={() => onSettle(null)}>Cancel</Button>
          <Button type="submit" form="sign-in-again" variant="primary" pending={pending}>
            Sign in and save
          </Button>
        </>
      }
    >
      <form id="sign-in-again" aria-label="Sign in again" noValidate className="grid gap-4" onSubmit={submit}>
        <SignInAgainFields
          person={person}
          other={other}
          asSomeoneElse={asSomeoneElse}
          onChangePerson={() => (setAsSomeoneElse(!asSomeoneElse), setRefusal(''))}
          onSaveAsOther={() => onSettle(other)}
          refusal={refusal}
        />
      </form>
    </Dialog>
  )
}
