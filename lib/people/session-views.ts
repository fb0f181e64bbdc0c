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
  /** Its workspace, where it is another one than this session's. */
  otherWorkspace: z.string().nullable(),
  /** The one that asks. */
  isCurrent: z.boolean(),
})
export type SessionView = z.infer<typeof sessionView>

export const endedSessions = z.strictObject({ ended: z.int() })
