import 'server-only'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { mayReturnTo } from './return-to'
import { linkTokenInput, usableLink } from './usable-link'
import { linkToOpen } from './views'

/** What a person sees before they continue: who asked, and for which instance. Changes nothing. */
export const findAuthorisationLink = operation({
  name: 'find_authorisation_link',
  permission: 'change',
  input: linkTokenInput,
  output: linkToOpen,
  run: async ({ workspaceId, db }, { token }) => {
    const found = await usableLink(db, { token })
    if (!found.ok) return found
    const { actorKind, actorLabel, actorAddress, instance, returnTo, sealedSettings, expiresAt } = found.value
    return succeed({
      askedBy: { kind: actorKind, name: actorLabel, address: actorAddress },
      instance: { id: instance.id, name: instance.name },
      connector: instance.connector,
      hasSettings: sealedSettings !== '',
      returnTo: returnTo !== null && (await mayReturnTo(workspaceId, returnTo)) ? returnTo : null,
      expiresAt: expiresAt.toISOString(),
    })
  },
})
