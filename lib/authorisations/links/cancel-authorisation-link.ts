import 'server-only'
import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { personNeeded } from '../refusals'
import { endLink } from './end-link'
import { returnAddressOf } from './return-to'
import { linkTokenInput, usableLink } from './usable-link'

/** *Cancel*: the link can no longer be used, and the program reads that it was refused. */
export const cancelAuthorisationLink = operation({
  name: 'cancel_authorisation_link',
  permission: 'change',
  input: linkTokenInput,
  /** The return address, otherwise the page of the link, which says that it has ended. */
  output: z.strictObject({ redirectTo: z.string() }),
  run: async ({ actor, workspaceId, transaction, audit }, { token }) => {
    if (actor.kind !== 'person') return personNeeded()
    const cancelled = await transaction(async (tx) => {
      const found = await usableLink(tx, { token })
      if (!found.ok) return found
      const { id, instance } = found.value
      if (await endLink(tx, id, { state: 'refused', message: `${actor.label} cancelled the authorisation.` }))
        await audit(tx, { objectType: 'authorisation', objectId: instance.id, objectName: instance.name })
      return found
    })
    if (!cancelled.ok) return cancelled
    const returnTo = await returnAddressOf(workspaceId, cancelled.value, 'refused')
    return succeed({ redirectTo: returnTo ?? `/authorise/${token}` })
  },
})
