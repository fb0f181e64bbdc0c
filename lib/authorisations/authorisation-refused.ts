import 'server-only'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import type { ErrorCode } from '@/lib/domain/errors'
import type { Refusal } from '@/lib/domain/result'
import type { Pending } from './find-pending'
import { isTypedStored } from './overtaken'
import type { AuthorisationRefusal } from './views'
import { waitsUntil } from './waiting-time'

/** Adds to an error what the page of a failed authorisation shows: the instance, and whether to offer *Try again*. */

type Refused = { ok: false; error: AuthorisationRefusal }

const stateCodes: readonly ErrorCode[] = [
  'state_unknown',
  'state_used',
  'state_expired',
  'state_superseded',
  'state_foreign',
]
/** After these errors the pending values cannot be authorised again without changes. */
const final: readonly ErrorCode[] = [
  'changed_by_someone_else',
  'name_taken',
  'not_found',
  'not_allowed',
  'secret_needed_for_new_host',
]

/** Whether it was refused before the state was consumed. */
export function isAboutState({ code }: Refusal): boolean {
  return stateCodes.includes(code)
}

/** Only the person who began the authorisation sees which instance it was for. */
export function refusedForState(refusal: Refusal, pending: Pending | null): Refused {
  const isAnothers = refusal.code === 'state_foreign' || refusal.code === 'state_unknown'
  return refused(refusal, isAnothers ? null : pending, stillWaits(refusal.code, pending))
}

/** For a refusal after the state was consumed. The pending values can be authorised again unless the error is final. */
export function refusedFor(refusal: Refusal, pending: Pending): Refused {
  const { code, changedBy } = refusal
  const said =
    code === 'changed_by_someone_else'
      ? { ...refusal, message: changedWhileAway(pending.instance.name, changedBy?.name ?? null) }
      : refusal
  return refused(said, pending, !final.includes(code))
}

/** Shown only where nothing was typed; otherwise the person chooses between two versions (overtaken.ts). */
function changedWhileAway(instance: string, name: string | null): string {
  return `${name ?? 'Someone'} changed “${instance}” while you were authorising it. Authorise it again with its current settings.`
}

/** Adds the name of the person who changed the instance in the meantime (rule R12). */
export async function explained(refusal: Refusal, { instance }: Pending): Promise<{ ok: false; error: Refusal }> {
  return refusal.code === 'changed_by_someone_else'
    ? changedBySomeoneElse(`“${instance.name}”`, instance)
    : { ok: false, error: refusal }
}

/** If the page is reloaded (“used”) or the authorisation took too long (“expired”), the values may still be pending. */
function stillWaits(code: ErrorCode, pending: Pending | null): boolean {
  return (
    (code === 'state_used' || code === 'state_expired') &&
    pending !== null &&
    pending.sealedSettings !== '' &&
    waitsUntil(pending) > new Date() &&
    pending.instanceRevision === pending.instance.revision
  )
}

/** The revision in the row may be older than the refusal, which comes from the transaction. */
function isOvertaken({ code }: Refusal, pending: Pending | null): boolean {
  if (pending === null) return false
  const isChanged =
    code === 'changed_by_someone_else' ||
    (stateCodes.includes(code) && pending.instanceRevision !== pending.instance.revision)
  return isChanged && isTypedStored(pending)
}

function refused(refusal: Refusal, pending: Pending | null, canRetry: boolean): Refused {
  const instance = pending && { id: pending.instance.id, name: pending.instance.name }
  return { ok: false, error: { ...refusal, instance, canRetry, overtaken: isOvertaken(refusal, pending) } }
}
