import { refuse } from '@/lib/domain/result'
import { invalidForm, type FormState } from './form-state'

/**
 * The results of actions without a response: the connection was lost, the server failed, or it refused the request with
 * a reason.
 */

const unreachable =
  'The server could not be reached, or failed. Nothing was saved; what you typed is still here. Try again.'

export const unansweredForm = (said = unreachable): FormState => invalidForm({}, {}, said)
export const unansweredResult = (said = unreachable) => refuse('unexpected', said)
