import { unstable_rethrow } from 'next/navigation'
import { refuse, type Result } from '@/lib/domain/result'
import { invalidForm, type FormState } from './form-state'

const unreachable =
  'The server could not be reached, or failed. Nothing was saved; what you typed is still here. Try again.'

/**
 * The answer of a form's action, in the browser. A lost connection or a crash of the server is an answer too: thrown,
 * it would replace the page, and what was typed with it. Redirects (signed out in the meantime) pass.
 */
export async function answered(call: Promise<FormState>): Promise<FormState> {
  try {
    return await call
  } catch (error) {
    unstable_rethrow(error)
    return invalidForm({}, {}, unreachable)
  }
}

/** The same for an action that answers with a value. */
export async function answeredResult<Value>(call: Promise<Result<Value>>): Promise<Result<Value>> {
  try {
    return await call
  } catch (error) {
    unstable_rethrow(error)
    return refuse('unexpected', unreachable)
  }
}
