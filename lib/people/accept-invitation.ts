import 'server-only'
import type { PersonActor } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { newId } from '@/lib/platform/db/new-id'
import type { Client } from '@/lib/platform/session/client'
import type { SessionClaims } from '@/lib/platform/session/cookie'
import { moveSession, openSession } from '@/lib/platform/session/open-session'
import { hashPassword } from '@/lib/platform/session/password'
import { findInvitation, unknownInvitation, type OpenInvitation } from './find-invitation'
import { joinWorkspace } from './join-workspace'
import { findMember } from './membership'

type NewPerson = { name: string; password: string }

/**
 * Accepts an invitation, once, also if the link is opened twice at the same time. A person who has no account creates one
 * and is signed in. A person who has one must be signed in to it, so that an invitation never gives access to an account;
 * their session moves to the workspace.
 * @param typed name and password of a person without an account; null for a signed-in person
 */
export async function acceptInvitation(
  token: string,
  typed: NewPerson | null,
  signedIn: PersonActor | null,
  client: Client,
): Promise<Result<SessionClaims>> {
  const found = await findInvitation(token)
  if (!found.ok) return found
  const invitation = found.value
  const passwordHash = typed && !invitation.hasAccount ? await hashPassword(typed.password) : null
  return commitUnlessRefused(workspaceDb(invitation.workspaceId), async (tx) => {
    if (!(await takeInvitation(tx, invitation.id))) return unknownInvitation()
    return invitation.hasAccount
      ? joinAs(tx, invitation, signedIn)
      : createAccount(
          tx,
          invitation,
          typed && passwordHash !== null ? { name: typed.name, passwordHash } : null,
          client,
        )
  })
}

/** Of several requests with one link, only the first deletes the row. */
async function takeInvitation(tx: WorkspaceTransaction, id: string): Promise<boolean> {
  return (await tx.invitation.deleteMany({ where: { id } })).count === 1
}

async function joinAs(
  tx: WorkspaceTransaction,
  { workspaceId, email, role }: OpenInvitation,
  signedIn: PersonActor | null,
): Promise<Result<SessionClaims>> {
  const account = await tx.user.findUnique({ where: { email }, select: { id: true } })
  if (!signedIn || signedIn.userId !== account?.id)
    return refuse('not_signed_in', `Sign in as ${email} to accept this invitation.`)
  if (!(await findMember(tx, { email })))
    await joinWorkspace(
      tx,
      { email, role },
      { workspaceId, action: 'accept_invitation', actorOf: () => ({ ...signedIn, workspaceId, role }) },
    )
  const claims = await moveSession(tx, signedIn, workspaceId)
  return claims ? succeed(claims) : refuse('not_signed_in', 'Your session has ended. Sign in and open the link again.')
}

async function createAccount(
  tx: WorkspaceTransaction,
  { workspaceId, email, role }: OpenInvitation,
  newPerson: { name: string; passwordHash: string } | null,
  client: Client,
): Promise<Result<SessionClaims>> {
  if (!newPerson) return refuse('invalid_input', 'Choose a name and a password to accept this invitation.')
  const sessionId = newId()
  const person = await joinWorkspace(
    tx,
    { email, role, newPerson },
    {
      workspaceId,
      action: 'accept_invitation',
      actorOf: (userId, label) => ({
        kind: 'person',
        workspaceId,
        userId,
        sessionId,
        label,
        role,
        address: client.address,
      }),
    },
  )
  const claims = await openSession(
    tx,
    { userId: person.id, workspaceId, passwordHash: newPerson.passwordHash, id: sessionId },
    client,
  )
  // Somebody with this email got an account in the last moment, with another password.
  return claims ? succeed(claims) : refuse('not_signed_in', `Sign in as ${email} to accept this invitation.`)
}
