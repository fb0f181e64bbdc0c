import 'server-only'
import { isDatabaseGone } from '@/lib/platform/db/database-gone'
import { requestUnderWay } from '@/lib/platform/request-under-way'
import type { Refusal } from './refusal'
import { databaseGone, malformedRequest, tooLarge } from './refusals'

/** The refusal for a failure that is not a bug; null for a bug. */
export function failureRefusal(error: unknown): Refusal | null {
  if (isDatabaseGone(error)) return databaseGone
  if (!(error instanceof Error)) return null
  if ((error as { statusCode?: unknown }).statusCode === 413) return tooLarge
  // Thrown by Next before it renders; it has no class and no code of its own.
  if (error.message.includes('router state header')) return malformedRequest('A header of it is damaged.')
  return null
}

/** Sets the refusal for the current request. */
export function noteFailure(error: unknown): void {
  const request = requestUnderWay()
  if (request) request.refusal ??= failureRefusal(error) ?? undefined
}
