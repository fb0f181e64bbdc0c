import { z } from 'zod'
import { verificationOutcomes, verificationSteps } from '@/lib/domain/responses/verification'
import { keysOf } from '@/lib/domain/text-schema'

/** What a verification found, and which step decided it (rule R7). Secrets removed. */
export const judgement = z.strictObject({
  outcome: z.enum(verificationOutcomes),
  step: z.enum(keysOf(verificationSteps)),
  status: z.number().nullable(),
  /** For a person, with the third party's own words. */
  message: z.string(),
})

export const verificationReport = judgement.extend({ durationMs: z.number() })
export type VerificationReport = z.infer<typeof verificationReport>
