/**
 * How long typed values are stored, sealed, until the person authorises (DATA §8). The state and the verifier expire
 * sooner, at the row's `expiresAt`. A person who took longer at the third party can start again without retyping.
 */
export const waitingHours = 24

export function waitsUntil({ createdAt }: { createdAt: Date }): Date {
  return new Date(createdAt.getTime() + waitingHours * 3_600_000)
}

/** Rows that were created since then may still contain typed values. */
export function waitingSince(now: Date): Date {
  return new Date(now.getTime() - waitingHours * 3_600_000)
}
