'use server'

import { formActionOf } from '@/lib/operations/action'
import { retryAuthorisation } from './retry-authorisation'

export const retryAuthorisationAction = formActionOf(retryAuthorisation, {
  redirectTo: ({ redirectTo }) => redirectTo,
})
