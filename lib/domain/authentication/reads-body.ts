import type { AuthenticationType } from '../vocabulary'
import { authenticationTypeDefinitions } from './registry'

/** Whether requests of the type need their whole body: it is signed, or sent again in response to a challenge. */
export function readsBody(type: AuthenticationType): boolean {
  const { sign, answerChallenge } = authenticationTypeDefinitions[type]
  return sign !== undefined || answerChallenge !== undefined
}
