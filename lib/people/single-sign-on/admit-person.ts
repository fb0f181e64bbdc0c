import 'server-only'
import { systemDb, workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { databaseNow } from '@/lib/platform/db/database-now'
import { newId } from '@/lib/platform/db/new-id'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { env } from '@/lib/platform/env'
import { recordAudit } from '@/lib/platform/audit/record'
import type { Role } from '@/lib/domain/access/roles'
import type { Client } from '@/lib/platform/session/client'
import type { SessionClaims } from '@/lib/platform/session/cookie'
import { openSession } from '@/lib/platform/session/open-session'
import { joinWorkspace } from '@/lib/people/join-workspace'
import { ofPerson } from '@/lib/people/membership'
import type { SignInRefusal } from './refusals'

/** A person as the identity provider proved them; the email is verified. */
export type ProvenPerson = { issuer: string; subject: string; email: string; name: string }

type Admitted = { ok: true; claims: SessionClaims } | { ok: false; refusal: SignInRefusal }

const attempts = 3

/** Withdrawn, or accepted, after it was found. */
class InvitationTaken extends Error {}

/**
 * Opens a session for a person of the identity provider, who is recognised by `iss` and `sub` and, the first time, by
 * their verified email. A person without an account needs an invitation, unless their domain is allowed.
 */
export async function admitPerson(person: ProvenPerson, client: Client): Promise<Admitted> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await admit(person, client)
    } catch (error) {
      // The same person signs in twice for the first time. The second one finds what the first one wrote.
      if (attempt === attempts || (uniqueViolation(error) === null && !(error instanceof InvitationTaken))) throw error
    }
  }
}

async function admit(person: ProvenPerson, client: Client): Promise<Admitted> {
  const place = await workspaceFor(person)
  if (!place) return { ok: false, refusal: 'no_account' }
  const { workspaceId } = place
  const sessionId = newId()
  const claims = await workspaceDb(workspaceId).$transaction(async (tx) => {
    const userId = place.joins
      ? await join(tx, { ...person, ...place.joins, workspaceId, sessionId }, client)
      : place.userId
    await rememberIdentity(tx, person, { userId, workspaceId, sessionId, isNew: place.joins !== null }, client)
    const { issuer, subject } = person
    return openSession(tx, { userId, workspaceId, identity: { issuer, subject }, id: sessionId }, client)
  })
  return claims ? { ok: true, claims } : { ok: false, refusal: 'no_account' }
}

type Place =
  | { workspaceId: string; userId: string; joins: null }
  | { workspaceId: string; joins: { role: Role; invitationId: string | null } }

/** The workspace that the person is in, was invited to, or may join because of their domain. */
async function workspaceFor({ issuer, subject, email }: ProvenPerson): Promise<Place | null> {
  // First, because a person who accepts it has an account at the moment when it is gone.
  const invitation = await systemDb().invitation.findFirst({
    where: { email, expiresAt: { gt: await databaseNow() } },
    orderBy: { createdAt: 'asc' },
  })
  const identity = await systemDb().identity.findUnique({ where: { issuer_subject: { issuer, subject } } })
  const account = await systemDb().user.findUnique({
    where: identity ? { id: identity.userId } : { email },
    select: { id: true, memberships: { orderBy: [{ createdAt: 'asc' }, { workspaceId: 'asc' }], take: 1 } },
  })
  const membership = account?.memberships[0]
  if (account && membership) return { workspaceId: membership.workspaceId, userId: account.id, joins: null }
  if (invitation)
    return { workspaceId: invitation.workspaceId, joins: { role: invitation.role, invitationId: invitation.id } }
  if (!env().PATCHBAY_OIDC_EMAIL_DOMAINS.includes(email.slice(email.lastIndexOf('@') + 1))) return null
  const workspaces = await systemDb().workspace.findMany({ select: { id: true }, take: 2 })
  if (workspaces.length !== 1) return null
  return { workspaceId: workspaces[0]!.id, joins: { role: env().PATCHBAY_OIDC_ROLE, invitationId: null } }
}

type Joining = ProvenPerson & { role: Role; invitationId: string | null; workspaceId: string; sessionId: string }

async function join(tx: WorkspaceTransaction, joining: Joining, { address }: Client): Promise<string> {
  const { email, name, role, invitationId, workspaceId, sessionId } = joining
  if (invitationId !== null && (await tx.invitation.deleteMany({ where: { id: invitationId } })).count === 0)
    throw new InvitationTaken()
  const { id } = await joinWorkspace(
    tx,
    { email, role, newPerson: { name, passwordHash: null } },
    {
      workspaceId,
      action: invitationId === null ? 'join_workspace' : 'accept_invitation',
      actorOf: (userId, label) => ({ kind: 'person', workspaceId, userId, sessionId, label, role, address }),
    },
  )
  return id
}

type Signing = { userId: string; workspaceId: string; sessionId: string; isNew: boolean }

/** From now on the account at the provider opens this one, whatever its email is. */
async function rememberIdentity(
  tx: WorkspaceTransaction,
  { issuer, subject, email }: ProvenPerson,
  { userId, workspaceId, sessionId, isNew }: Signing,
  { address }: Client,
): Promise<void> {
  const known = await tx.identity.findUnique({ where: { issuer_subject: { issuer, subject } } })
  if (known) return
  await tx.identity.create({ data: { issuer, subject, userId } })
  if (isNew) return
  const { role, user } = await tx.membership.findFirstOrThrow({ where: { userId }, include: { user: true } })
  await recordAudit(
    tx,
    { kind: 'person', workspaceId, userId, sessionId, label: user.name, role, address },
    { action: 'link_identity', ...ofPerson(user), changes: [{ field: 'identity', to: `${issuer} (${email})` }] },
  )
}
