import { z } from 'zod'

/** An open session of the person, as the profile shows it. */
export const sessionView = z.strictObject({
  id: z.string(),
  /** `Firefox on Windows`. */
  device: z.string(),
  address: z.string().nullable(),
  signedInAt: z.string(),
  /** To the minute. */
  lastSeenAt: z.string(),
  /** The session's workspace, if it is not the current one. */
  otherWorkspace: z.string().nullable(),
  /** Whether this is the session of the request. */
  isCurrent: z.boolean(),
})
export type SessionView = z.infer<typeof sessionView>

export const endedSessions = z.strictObject({ ended: z.int() })
