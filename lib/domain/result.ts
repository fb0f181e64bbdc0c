import type { ErrorCode } from './errors'

/**
 * Why a rule or an operation refuses. Plain data that a server action can return; never contains a secret.
 */
export type Refusal = {
  code: ErrorCode
  /** The form field it concerns, as the schema names it (`values.client_id`). */
  field?: string
  /** What happened, why, and how to fix it, for the person. */
  message: string
  /** If several fields are wrong, the message of each. */
  fields?: Record<string, string>
  /** Only for `changed_by_someone_else`, if the object still exists and can be compared (rule R12). */
  changedBy?: ChangedBy
}

/** Who changed something last, and when (ISO 8601); null if that person was removed. */
export type ChangedBy = { name: string | null; at: string }

/** Expected failures are values; bugs throw. */
export type Result<Value, Failure = Refusal> = { ok: true; value: Value } | { ok: false; error: Failure }

export function succeed<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value }
}

export function refuse(code: ErrorCode, message: string, field?: string): { ok: false; error: Refusal } {
  return { ok: false, error: field === undefined ? { code, message } : { code, message, field } }
}
