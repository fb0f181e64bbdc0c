import { z } from 'zod'
import { roles } from '@/lib/domain/access/roles'

/** A person of the workspace, as *People* lists them. */
export const personView = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  addedAt: z.string(),
  /** Null: never. */
  lastSignInAt: z.string().nullable(),
  /** Whether this is the person of the request. */
  isSelf: z.boolean(),
})
export type PersonView = z.infer<typeof personView>

/** What ends, or changes hands, when a person is removed. */
export const removalView = z.strictObject({
  name: z.string(),
  /** Open sessions in this workspace. */
  sessions: z.int(),
  /** Authorisations that the person began and has not finished. */
  authorisations: z.int(),
  /** Their API keys that are not revoked; the first hundred. */
  apiKeys: z.array(z.strictObject({ id: z.string(), name: z.string(), lastUsedAt: z.string().nullable() })),
  /** All of them. */
  apiKeyCount: z.int(),
  /** Whether the person is also in another workspace, and so keeps their account. */
  staysElsewhere: z.boolean(),
})
export type RemovalView = z.infer<typeof removalView>

/** A link that is shown once, and until when it works. */
export const linkView = z.strictObject({ url: z.string(), expiresAt: z.string() })
export type LinkView = z.infer<typeof linkView>

/** A new invitation, with its link. */
export const invitedView = z.strictObject({ id: z.uuid(), ...linkView.shape })

/** An invitation that nobody has accepted yet. */
export const invitationView = z.strictObject({
  id: z.string(),
  email: z.string(),
  role: z.enum(roles),
  invitedAt: z.string(),
  invitedBy: z.string(),
  expiresAt: z.string(),
  expired: z.boolean(),
})
export type InvitationView = z.infer<typeof invitationView>

/** A workspace of the person who asks. */
export const ownWorkspaceView = z.strictObject({ id: z.string(), name: z.string(), role: z.enum(roles) })
export type OwnWorkspace = z.infer<typeof ownWorkspaceView>

export const profileView = z.strictObject({
  name: z.string(),
  email: z.string(),
  /** An IANA name; an empty text means the time zone of the browser. */
  timeZone: z.string(),
  /** False for a person who signs in only through single sign-on. */
  hasPassword: z.boolean(),
})
export type ProfileView = z.infer<typeof profileView>
