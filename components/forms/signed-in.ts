'use client'

import { createContext, useContext } from 'react'
import type { SignedOut } from '@/lib/platform/session/signed-out'

/** The person on whose behalf this page calls actions. */
export type SignedIn = {
  /** Sent with each action. Undefined on pages for which nobody has to sign in. */
  pageFor: () => string | undefined
  /** Asks for the password in a dialog. Returns false if the person cancels. */
  signInAgain: (signedOut: SignedOut['signedOut']) => Promise<boolean>
}

export const SignedInContext = createContext<SignedIn>({
  pageFor: () => undefined,
  signInAgain: async () => false,
})

export function useSignedIn(): SignedIn {
  return useContext(SignedInContext)
}
