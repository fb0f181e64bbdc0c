import type { Callback } from '../oauth2/callback'

const deniedProblems = ['user_refused', 'permission_denied']

/**
 * Reads a callback of OAuth 1 as one of OAuth 2: the verifier is the code. The RFC does not define how a denial is
 * reported; some third parties send the token as `denied`, some the reason as `oauth_problem`.
 * @see RFC 5849 §2.2
 */
export function readOAuth1Callback(callback: Callback): Callback {
  const once = (name: string) => callback.parameters.get(name) || null
  const problem = once('oauth_problem') ?? once('error')
  const denied = once('denied') !== null || (problem !== null && deniedProblems.includes(problem))
  return { ...callback, code: once('oauth_verifier'), iss: null, error: denied ? 'access_denied' : problem }
}

/** The request token of the callback. */
export function requestTokenOf({ parameters }: Callback): string | null {
  return parameters.get('oauth_token') || parameters.get('denied') || null
}
