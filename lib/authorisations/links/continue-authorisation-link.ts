import 'server-only'
import { z } from 'zod'
import { instanceDetailsOf } from '@/lib/credentials/instance-details'
import { refuse, succeed } from '@/lib/domain/result'
import { operation, type Context } from '@/lib/operations/operation'
import { personNeeded } from '../refusals'
import { startAuthorisation, type StartAuthorisation } from '../start-authorisation'
import { endLink } from './end-link'
import { openLinkSettings } from './link-settings'
import { linkTokenInput, usableLink } from './usable-link'

type Start = (context: Context, input: StartAuthorisation) => ReturnType<typeof startAuthorisation>

/**
 * *Continue*: uses the link up and begins an authorisation for this person and this browser, with the settings that the
 * program sent, otherwise with the stored ones. If it cannot begin, the link can still be used.
 */
export const continueAuthorisationLinkWith = (start: Start) =>
  operation({
    name: 'continue_authorisation_link',
    permission: 'change',
    input: linkTokenInput,
    output: z.strictObject({ redirectTo: z.string() }),
    run: async (context, { token }) => {
      if (context.actor.kind !== 'person') return personNeeded()
      const found = await usableLink(context.db, { token })
      if (!found.ok) return found
      const { id, instance, instanceRevision } = found.value
      const sent = openLinkSettings(found.value)
      const started = await start(context, {
        instanceId: instance.id,
        linkId: id,
        settings: sent ?? { ...instanceDetailsOf(instance), values: [], certificate: { kind: 'keep' } },
        baseRevision: sent ? instanceRevision : instance.revision,
      })
      if (started.ok) return succeed({ redirectTo: started.value.redirectTo })
      const { code, message } = started.error
      if (code !== 'changed_by_someone_else' || !sent) return refuse(code, message)
      const overtaken = `“${instance.name}” was changed after this link was created, so the settings sent with it cannot be used. Send them again.`
      await endLink(context.db, id, { state: 'refused', message: overtaken })
      return refuse(code, overtaken)
    },
  })

export const continueAuthorisationLink = continueAuthorisationLinkWith(startAuthorisation)
