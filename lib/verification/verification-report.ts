import type { Judgement } from '@/lib/domain/answers/verification'

/** What a verification found, and which step decided it (rule R7). Secrets removed. */
export type VerificationReport = Judgement & { durationMs: number }
