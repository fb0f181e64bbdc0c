import type { VerificationOutcome } from '@/lib/domain/responses/verification-steps'

/** The outcomes of a verification in words and colour (rule R7). */
export const verificationOutcomes = {
  accepted: { tone: 'ok', words: 'Accepted' },
  rejected: { tone: 'bad', words: 'Rejected' },
  could_not_tell: { tone: 'warn', words: 'Could not verify' },
  nothing_to_verify: { tone: 'warn', words: 'Nothing to verify against' },
} as const satisfies Record<VerificationOutcome, { tone: 'ok' | 'bad' | 'warn'; words: string }>
