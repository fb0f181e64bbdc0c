import type { ChangedBy, Refusal } from '@/lib/domain/result'
import type { SignedOut } from '@/lib/platform/session/signed-out'

/** The result of a form's action. Plain data; never contains a secret. */
export type FormState =
  | { status: 'idle' }
  | {
      status: 'invalid'
      message?: string
      fieldErrors: Record<string, string>
      values: Record<string, string>
      /** The field that contains a literal secret, which belongs in a variable (rule R10). */
      literalSecretIn?: string
      /** Somebody else saved first. The page has loaded their version. */
      changedBy?: ChangedBy
    }
  | { status: 'done'; message?: string }

/** The action of a form: `useActionForm` and <ActionForm> call it. */
export type FormAction = (previous: FormState, data: FormData) => Promise<FormState | SignedOut>

export const idleForm: FormState = { status: 'idle' }

export function doneForm(message?: string): FormState {
  return message === undefined ? { status: 'done' } : { status: 'done', message }
}

export function invalidForm(
  fieldErrors: Record<string, string>,
  values: Record<string, string> = {},
  message?: string,
): Extract<FormState, { status: 'invalid' }> {
  return { status: 'invalid', fieldErrors, values, ...(message === undefined ? {} : { message }) }
}

/** A refusal of an operation, shown at the fields it concerns or above the form. */
export function refusedForm(refusal: Refusal, values: Record<string, string> = {}): FormState {
  if (refusal.changedBy) return { ...invalidForm({}, values, refusal.message), changedBy: refusal.changedBy }
  const errors = fieldErrorsOfRefusal(refusal)
  if (Object.keys(errors).length === 0) return invalidForm({}, values, refusal.message)
  const { code, field } = refusal
  const literalSecretIn = code === 'literal_secret' ? field : undefined
  return { status: 'invalid', fieldErrors: errors, values, ...(literalSecretIn !== undefined && { literalSecretIn }) }
}

/** The messages of a refusal by field; empty if it concerns no field. */
export function fieldErrorsOfRefusal({ field, message, fields }: Refusal): Record<string, string> {
  return fields ?? (field === undefined ? {} : { [field]: message })
}

/**
 * The first message per field, fields named with dots (`values.client_id`). Accepts any object with the structure of a
 * ZodError.
 */
export function fieldErrorsOf(error: {
  issues: readonly { path: readonly PropertyKey[]; message: string }[]
}): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const issue of error.issues) errors[issue.path.map(String).join('.')] ??= issue.message
  return errors
}

/** The field that was refused because of a secret in it. */
export function literalSecretOf(state: FormState): string | null {
  return state.status === 'invalid' ? (state.literalSecretIn ?? null) : null
}
