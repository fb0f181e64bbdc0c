'use client'

import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { SignInAgain } from '@/components/session/sign-in-again'
import { SignedInContext } from '@/components/forms/signed-in'
import type { PagePerson, SignedOut } from '@/lib/platform/session/signed-out'

type Question = {
  signedOut: SignedOut['signedOut']
  person: PagePerson
  answer: Promise<boolean>
  settle: (again: boolean) => void
}

/**
 * Provides the person for whom the page was rendered, and asks for the password if the session has ended in the
 * meantime.
 */
export function SignedInProvider({ person, children }: { person: PagePerson; children: ReactNode }) {
  // The person on whose behalf the page acts. Another person can sign in in the dialog.
  const acting = useRef(person)
  const asked = useRef<Question | null>(null)
  const [question, setQuestion] = useState<Question | null>(null)
  useEffect(() => {
    acting.current = person
  }, [person])

  // If several actions find that the session has ended, one sign-in is enough for all.
  const signInAgain = useCallback((signedOut: SignedOut['signedOut']) => {
    if (asked.current) return asked.current.answer
    const { promise, resolve } = Promise.withResolvers<boolean>()
    asked.current = { signedOut, person: acting.current, answer: promise, settle: resolve }
    setQuestion(asked.current)
    return promise
  }, [])
  const settle = (next: PagePerson | null) => {
    if (next !== null) acting.current = next
    asked.current?.settle(next !== null)
    asked.current = null
    setQuestion(null)
  }
  const value = useMemo(() => ({ pageFor: () => acting.current.key, signInAgain }), [signInAgain])
  return (
    <SignedInContext value={value}>
      {children}
      {question && <SignInAgain person={question.person} signedOut={question.signedOut} onSettle={settle} />}
    </SignedInContext>
  )
}
