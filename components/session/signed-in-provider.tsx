'use client'

import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { SignInAgain } from '@/components/session/sign-in-again'
import { SignedInContext } from '@/components/forms/signed-in'
import type { PagePerson, SignedOut } from '@/lib/platform/session/signed-out'

type Question = { signedOut: SignedOut['signedOut']; answer: Promise<boolean>; settle: (again: boolean) => void }

/** Keeps the person for whom the page was rendered, and asks for the password where a session has ended meanwhile. */
export function SignedInProvider({ person, children }: { person: PagePerson; children: ReactNode }) {
  const key = useRef(person.key)
  const asked = useRef<Question | null>(null)
  const [question, setQuestion] = useState<Question | null>(null)
  useEffect(() => {
    key.current = person.key
  }, [person.key])

  // Several actions that find the session ended are answered by one sign-in.
  const signInAgain = useCallback((signedOut: SignedOut['signedOut']) => {
    if (asked.current) return asked.current.answer
    const { promise, resolve } = Promise.withResolvers<boolean>()
    asked.current = { signedOut, answer: promise, settle: resolve }
    setQuestion(asked.current)
    return promise
  }, [])
  const settle = (nextKey: string | null) => {
    if (nextKey !== null) key.current = nextKey
    asked.current?.settle(nextKey !== null)
    asked.current = null
    setQuestion(null)
  }
  const value = useMemo(() => ({ pageFor: () => key.current, signInAgain }), [signInAgain])
  return (
    <SignedInContext value={value}>
      {children}
      {question && <SignInAgain person={person} signedOut={question.signedOut} onSettle={settle} />}
    </SignedInContext>
  )
}
