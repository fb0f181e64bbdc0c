/** What a verification can find, and the step that decided it, in words (rule R7, DATA §11). Loaded by pages. */

export const verificationOutcomes = ['accepted', 'rejected', 'could_not_tell', 'nothing_to_verify'] as const
export type VerificationOutcome = (typeof verificationOutcomes)[number]

/** The step that decided. */
export type VerificationStep = 'building' | 'reaching_host' | 'getting_token' | 'test_request'

export const verificationSteps: Record<VerificationStep, string> = {
  building: 'Building the request',
  reaching_host: 'Reaching the host',
  getting_token: 'Getting the token',
  test_request: 'Calling the test request',
}
