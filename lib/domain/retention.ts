import { counted } from './counted'

/** How long a workspace stores its logged requests (DATA §10, §15). The audit log is permanent. */

export type Retention = {
  /** Days for the metadata of requests: address, status, headers, timing. */
  requestDays: number
  /** Hours for bodies, which may contain customers' data. */
  bodyHours: number
}

export const defaultRetention: Retention = { requestDays: 7, bodyHours: 72 }
export const mostRequestDays = 90
export const mostBodyHours = 30 * 24

/** Changes of an instance's status: long enough to see how often it fails. */
export const statusChangeDays = 90
/** Sessions, counted from their planned end: until then people can see where someone signed in from. */
export const sessionDays = 30

const hourMs = 60 * 60 * 1_000

/** Requests and bodies from before these moments are deleted. */
export function retentionLimits({ requestDays, bodyHours }: Retention, now: Date): { requests: Date; bodies: Date } {
  return {
    requests: new Date(now.getTime() - requestDays * 24 * hourMs),
    bodies: new Date(now.getTime() - bodyHours * hourMs),
  }
}

/** A body without the metadata of its request could not be found. */
export function bodiesOutliveRequests({ requestDays, bodyHours }: Retention): boolean {
  return bodyHours > requestDays * 24
}

/** Whether the change makes the next clean-up delete more than the one before. */
export function isShortened(before: Retention, after: Retention): boolean {
  return after.requestDays < before.requestDays || after.bodyHours < before.bodyHours
}

/** Hours as people say them: “3 days”, “36 hours”. */
export function hoursInWords(hours: number): string {
  return hours % 24 === 0 ? counted(hours / 24, 'day') : counted(hours, 'hour')
}
