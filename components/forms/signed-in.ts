'use client'

import { createContext, useContext } from 'react'
import type { SignedOut } from '@/lib/platform/session/signed-out'

/** The person for whom this page calls actions. */
export type SignedIn = {
  /** Sent with each action. Undefined on pages that need no person. */
  pageFor: () => string | undefined
  /** Asks for the password over the page. False: the person would rather not. */
  signInAgain: (signedOut: SignedOut['signedOut']) => Promise<boolean>
}

export const SignedInContext = createContext<SignedIn>({
  pageFor: () => undefined,
  signInAgain: async () => false,
})

export function useSignedIn(): SignedIn {
  return useContext(SignedInContext)
}
