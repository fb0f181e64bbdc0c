import 'server-only'
import {
  buildAccessTokenRequest,
  buildOAuth1AuthorizeUrl,
  buildRequestTokenRequest,
} from '@/lib/domain/oauth1/three-legged'
import { stateLengths } from '@/lib/domain/oauth2/state'
import { succeed, type Result } from '@/lib/domain/result'
import type { Credentials } from '@/lib/credentials/credentials'
import type { Cause } from '@/lib/exchange/request-context'
import { accessTokenUrlFor, withCallbackPlaceholders } from './bound-token-url'
import { askForToken, threeLeggedInput } from './oauth1-requests'
import { readRequestToken } from './oauth1-questions'
import { writeRequestToken } from './pending-settings'
import type { Prepared } from './prepared'
import { newState } from './state'

/**
 * Gets the request token for the authorise page. OAuth 1 has no state parameter, so ours is in the query of the
 * callback URL, which the third party returns unchanged. @see RFC 5849 §2.1 and §2.2
 */
export async function prepareOAuth1(
  credentials: Credentials,
  redirectUri: string,
  cause: Cause,
): Promise<Result<Prepared>> {
  const state = newState(stateLengths.usual)
  const callback = `${redirectUri}?${new URLSearchParams({ state })}`
  // Builds the later request too, so that its errors appear before anything is sent.
  const later = buildAccessTokenRequest(threeLeggedInput(withCallbackPlaceholders(credentials)), {
    token: 'token',
    tokenSecret: 'secret',
    verifier: 'verifier',
  })
  if (!later.ok) return later
  const tokenUrl = accessTokenUrlFor(credentials)
  if (!tokenUrl.ok) return tokenUrl
  const page = buildOAuth1AuthorizeUrl(threeLeggedInput(credentials), 'token')
  if (!page.ok) return page
  const request = buildRequestTokenRequest(threeLeggedInput(credentials), callback)
  if (!request.ok) return request
  // Our state is part of the request and must not appear in the log.
  request.value.secrets.addWhole(state)
  const asked = await askForToken(credentials, request.value, cause, readRequestToken)
  if (!asked.ok) return asked
  const authoriseUrl = buildOAuth1AuthorizeUrl(threeLeggedInput(credentials), asked.value.credentials.token)
  if (!authoriseUrl.ok) return authoriseUrl
  return succeed({
    ...{ authoriseUrl: authoriseUrl.value, state, secret: writeRequestToken(asked.value.credentials) },
    ...{ redirectUri, tokenUrl: tokenUrl.value, issuer: null, methodRevision: credentials.method.revision },
  })
}
