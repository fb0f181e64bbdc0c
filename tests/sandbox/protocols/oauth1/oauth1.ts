import type { Caller } from '../../api/caller'
import { known } from '../../known'
import type { SandboxState } from '../../state'
import { refuse, type ArrivedRequest, type CreatePart } from '../protocol'
import { createThreeLeggedDoors } from './three-legged'
import { verifyRequest } from './verify'

const { oauth1 } = known

/** A token that was copied from Acme's pages, or one from an authorisation. */
function findToken(
  state: SandboxState,
  token: string,
  consumerKey: string,
): { secret: string; account: string } | null {
  if (token === oauth1.token) return { secret: oauth1.tokenSecret, account: 'casey' }
  const found = state.protocols.oauth1Tokens.get(token)
  return found?.consumerKey === consumerKey ? found : null
}

function authenticate(state: SandboxState, request: ArrivedRequest, realmNeeded: boolean): Caller {
  const { consumerKey, needsToken, realm, parameters } = verifyRequest(
    state,
    request,
    (token, key) => findToken(state, token, key)?.secret ?? null,
  )
  const token = parameters.oauth_token ?? ''
  if (token === '' && needsToken) refuse('token_missing', 'oauth_token is missing')
  if (realmNeeded && realm === null) refuse('realm_missing', 'The realm is missing')
  if (realm !== null && realm !== oauth1.realm) refuse('realm_rejected', `The realm must be ${oauth1.realm}`)
  return { type: 'oauth1', name: findToken(state, token, consumerKey)?.account ?? consumerKey, scopes: [] }
}

/** OAuth 1.0a (RFC 5849), written only for this server. */
export const createOauth1: CreatePart = (state) => ({
  protocols: [
    { prefix: '/oauth1', authenticate: (request) => authenticate(state, request, false) },
    { prefix: '/oauth1/realm', authenticate: (request) => authenticate(state, request, true) },
  ],
  doors: createThreeLeggedDoors(state),
})
