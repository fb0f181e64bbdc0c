import { refuse } from '@/lib/domain/result'

/** A pending authorisation belongs to one person and one browser (DATA §8). */
export function personNeeded() {
  return refuse(
    'not_allowed',
    'Only a signed-in person can authorise an instance. Open it in Patchbay and press Authorise.',
  )
}

export function noPersonNeeded() {
  return refuse(
    'invalid_input',
    'This authentication method needs no authorisation by a person. Save the instance settings instead.',
  )
}
