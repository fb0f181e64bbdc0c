import { z } from 'zod'
import { verificationOutcomes, verificationSteps } from '@/lib/domain/responses/verification-steps'
import { keysOf } from '@/lib/domain/text-schema'

/** The result of a verification and the step that decided it (rule R7). Secrets are redacted. */
export const judgement = z.strictObject({
  outcome: z.enum(verificationOutcomes),
  step: z.enum(keysOf(verificationSteps)),
  status: z.number().nullable(),
  /** For a person; quotes the third party. */
  message: z.string(),
})

export const verificationReport = judgement.extend({ durationMs: z.number() })
export type VerificationReport = z.infer<typeof verificationReport>
