/**
 * How long what a person typed waits for their authorisation, sealed (DATA §8). The state and the verifier end sooner, at
 * the row's `expiresAt`: a person who was longer at the third party begins again without typing anything.
 */
export const waitingHours = 24

export function waitsUntil({ createdAt }: { createdAt: Date }): Date {
  return new Date(createdAt.getTime() + waitingHours * 3_600_000)
}

/** Rows that were made since then may still hold what was typed. */
export function waitingSince(now: Date): Date {
  return new Date(now.getTime() - waitingHours * 3_600_000)
}
