import { z } from 'zod'
import type { FormState } from '@/lib/platform/forms/form-state'
import { verificationReport } from '@/lib/verification/verification-report'

/** The results of adding, saving, testing and deleting an instance. */

export const verificationView = verificationReport
export type VerificationView = z.infer<typeof verificationReport>

/** The result of a save. Never contains typed values. */
export const saveOutcome = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('saved'),
    instanceId: z.string(),
    verified: z.boolean(),
    problem: z.string().nullable(),
  }),
  /** `linkId`: a program gets a link for a person; null for a person, who goes to the third party. */
  z.strictObject({
    kind: z.literal('authorise'),
    instanceId: z.uuid(),
    redirectTo: z.string(),
    linkId: z.uuid().nullable(),
  }),
  z.strictObject({ kind: z.literal('unverified'), report: verificationView }),
])
export type SaveOutcome = z.infer<typeof saveOutcome>

export type SaveResponse = SaveOutcome | Refused

export type TestResponse = { kind: 'tested'; report: VerificationView } | Refused

type Refused = { kind: 'refused'; form: FormState; retypeSecrets: string | null }

/** Null: it had no token, or its method has no revoke URL. */
export const deletedInstance = z.strictObject({
  name: z.string(),
  connectorId: z.uuid(),
  revocation: z
    .discriminatedUnion('revoked', [
      z.strictObject({ host: z.string(), revoked: z.literal(true) }),
      z.strictObject({ host: z.string(), revoked: z.literal(false), reason: z.string() }),
    ])
    .nullable(),
})
