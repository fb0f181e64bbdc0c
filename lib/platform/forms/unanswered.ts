import { refuse } from '@/lib/domain/result'
import { invalidForm, type FormState } from './form-state'

/** The answers of actions whose own answer never comes: the connection was lost, or the server failed. */

const unreachable =
  'The server could not be reached, or failed. Nothing was saved; what you typed is still here. Try again.'

export const unansweredForm: FormState = invalidForm({}, {}, unreachable)
export const unansweredResult = refuse('unexpected', unreachable)
