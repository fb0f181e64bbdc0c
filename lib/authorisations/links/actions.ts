'use server'

import { formActionOf } from '@/lib/operations/action'
import { cancelAuthorisationLink } from './cancel-authorisation-link'
import { continueAuthorisationLink } from './continue-authorisation-link'

export const continueAuthorisationLinkAction = formActionOf(continueAuthorisationLink, {
  redirectTo: ({ redirectTo }) => redirectTo,
})

export const cancelAuthorisationLinkAction = formActionOf(cancelAuthorisationLink, {
  redirectTo: ({ redirectTo }) => redirectTo,
})
