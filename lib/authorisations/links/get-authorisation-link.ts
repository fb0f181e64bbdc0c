import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { linkStateOf } from './link-state'
import { authorisationLinkSchema } from './schema'
import { authorisationLinkView, type LinkState } from './views'

/** The state of a link, for the program that waits for a person. */
export const getAuthorisationLink = operation({
  name: 'get_authorisation_link',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: authorisationLinkSchema,
  output: authorisationLinkView,
  run: async ({ db }, { instanceId, linkId }) => {
    const link = await db.authorisationLink.findFirst({
      where: { id: linkId, instanceId },
      include: { pending: { select: { state: true, endedAt: true } } },
    })
    if (!link) return notFound('authorisation_link')
    const state = linkStateOf(link, new Date())
    const endedAt = link.endedAt ?? (state === 'expired' ? (link.pending?.endedAt ?? link.expiresAt) : null)
    return succeed({
      id: link.id,
      state,
      expiresAt: link.expiresAt.toISOString(),
      openedAt: link.openedAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
      message: messageOf(state, link),
    })
  },
})

function messageOf(state: LinkState, link: { state: string; message: string; openedAt: Date | null }): string | null {
  if (state === 'refused') return link.message
  if (state !== 'expired') return null
  if (link.state === 'superseded')
    return 'This link was replaced: by a newer link of the instance, or by newer settings.'
  return link.openedAt === null
    ? 'Nobody opened this link in time.'
    : 'The person did not finish the authorisation, or somebody started another one for the instance.'
}
