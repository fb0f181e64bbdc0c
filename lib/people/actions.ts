'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { actionOf, formActionOf } from '@/lib/operations/action'
import { readForm } from '@/lib/platform/forms/form-data'
import { actAsPerson } from '@/lib/platform/session/act-as-person'
import { setSessionCookie } from '@/lib/platform/session/cookie'
import { changePassword } from './change-password'
import { changeRole } from './change-role'
import { createResetLink } from './create-reset-link'
import { endOtherSessions } from './end-other-sessions'
import { endSession } from './end-session'
import { invitePerson } from './invite-person'
import { previewRemoval } from './preview-removal'
import { removePerson } from './remove-person'
import { renewInvitation } from './renew-invitation'
import { saveProfile } from './save-profile'
import { switchWorkspace } from './switch-workspace'
import { withdrawInvitation } from './withdraw-invitation'

/** Refreshes even after a refusal, because the session may have ended in the meantime. */
export const endSessionAction = actionOf(endSession, { refreshes: 'always' })
export const endOtherSessionsAction = actionOf(endOtherSessions, { refreshes: 'on_success' })

export const invitePersonAction = actionOf(invitePerson, { refreshes: 'on_success' })
export const renewInvitationAction = actionOf(renewInvitation, { refreshes: 'on_success' })
/** Refreshes even after a refusal, because the person may have accepted in the meantime. */
export const withdrawInvitationAction = actionOf(withdrawInvitation, { refreshes: 'always' })
export const changeRoleAction = actionOf(changeRole, { refreshes: 'on_success' })
export const previewRemovalAction = actionOf(previewRemoval)
export const removePersonAction = actionOf(removePerson, { refreshes: 'on_success' })
export const createResetLinkAction = actionOf(createResetLink)

export const saveProfileAction = formActionOf(saveProfile, { done: 'Profile saved.' })
export const changePasswordAction = formActionOf(changePassword, {
  // Passwords are never echoed.
  read: async (data) => ({ input: readForm(data), values: {} }),
  done: ({ endedSessions }) =>
    endedSessions === 0 ? 'Password changed.' : 'Password changed. Your other sessions have ended.',
})

/** The cookie names the workspace too. All pages are read again, because everything on them belongs to a workspace. */
export async function switchWorkspaceAction(input: { workspaceId: string }, pageFor?: string) {
  return actAsPerson(pageFor, async (actor) => {
    const result = await switchWorkspace(actor, input)
    if (!result.ok) return result
    await setSessionCookie({ sessionId: actor.sessionId, userId: actor.userId, workspaceId: result.value.workspaceId })
    refresh()
    redirect('/connectors')
  })
}
