import type { Callback } from '../oauth2/callback'

const deniedProblems = ['user_refused', 'permission_denied']

/**
 * What the third party sends with the person back, in the words of the callback of OAuth 2: the verifier is its code.
 * How a denial is told is not in the RFC; some name the token as `denied`, some the reason as `oauth_problem`.
 * @see RFC 5849 §2.2
 */
export function readOAuth1Callback(callback: Callback): Callback {
  const once = (name: string) => callback.parameters.get(name) || null
  const problem = once('oauth_problem') ?? once('error')
  const denied = once('denied') !== null || (problem !== null && deniedProblems.includes(problem))
  return { ...callback, code: once('oauth_verifier'), iss: null, error: denied ? 'access_denied' : problem }
}

/** The request token that the callback is about. */
export function requestTokenOf({ parameters }: Callback): string | null {
  return parameters.get('oauth_token') || parameters.get('denied') || null
}
