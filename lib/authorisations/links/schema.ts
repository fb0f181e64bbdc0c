import { z } from 'zod'
import { anyText } from '@/lib/domain/text-schema'
import { longestReturnAddress } from '@/lib/domain/urls/return-address'
import { idOf } from '@/lib/operations/input'

export const createAuthorisationLinkSchema = z.strictObject({
  instanceId: idOf('instance'),
  /** Where the browser goes at the end: an entry of *Settings → Return addresses*. Null: it stays in Patchbay. */
  returnTo: anyText(longestReturnAddress, 'This address is too long.').nullable().default(null),
})

export const authorisationLinkSchema = z.strictObject({
  instanceId: idOf('instance'),
  linkId: idOf('authorisation_link'),
})
