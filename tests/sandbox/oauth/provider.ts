import { randomBytes } from 'node:crypto'
import Provider, { interactionPolicy, type Configuration, type KoaContextWithOIDC } from 'oidc-provider'
import { known } from '../known'
import type { SandboxState } from '../state'
import { isRegisteredRedirect, registeredClients, rotates } from './clients'
import { registerGrants } from './grants'
import { mutualTls } from './mutual-tls'
import { errorPage } from './pages'
import { needsPkce } from './service-clients'
import { signingKeys } from './signing-keys'
import type { AuthorisationStore } from './store'

const fortnight = 14 * 24 * 3600

/** Acme asks for consent at every authorisation, so that each one has its own grant. */
function policyWithConsent() {
  const policy = interactionPolicy.base()
  const { Check } = interactionPolicy
  const everyTime = new Check('consent_every_time', 'Acme asks every time', (ctx) =>
    ctx.oidc.result?.consent ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
  )
  policy.get('consent')!.checks.add(everyTime)
  return policy
}

async function grantOfThisAuthorisation(ctx: KoaContextWithOIDC) {
  const grantId = ctx.oidc.result?.consent?.grantId
  return grantId === undefined ? undefined : ctx.oidc.provider.Grant.find(grantId)
}

function lifetimes(state: SandboxState): Configuration['ttl'] {
  return {
    AccessToken: () => state.tokenLifetimeSeconds,
    AuthorizationCode: 60,
    ClientCredentials: () => state.tokenLifetimeSeconds,
    Grant: fortnight,
    IdToken: 3600,
    Interaction: 3600,
    RefreshToken: fortnight,
    Session: fortnight,
  }
}

function configuration(state: SandboxState, store: AuthorisationStore): Configuration {
  const cookie = { path: '/oauth', httpOnly: true, sameSite: 'lax' } as const
  return {
    adapter: store.adapterOf,
    clientAuthMethods: [
      'client_secret_basic',
      'client_secret_post',
      'client_secret_jwt',
      'private_key_jwt',
      'tls_client_auth',
      'none',
    ],
    clients: registeredClients,
    clockTolerance: 0,
    allowOmittingSingleRegisteredRedirectUri: false,
    // Cookies ignore ports, so their names must not collide with those of other servers on localhost.
    cookies: {
      keys: [randomBytes(32).toString('hex')],
      names: { session: 'acme_session', interaction: 'acme_interaction', resume: 'acme_resume' },
      long: cookie,
      short: { httpOnly: true, sameSite: 'lax' },
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      mTLS: mutualTls,
      resourceIndicators: { enabled: false },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: false },
    },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    // Sent in the ID token, as by most providers.
    conformIdTokenClaims: false,
    findAccount: (_ctx, id) => ({ accountId: id, claims: async () => claimsOf(id) }),
    interactions: { policy: policyWithConsent(), url: (_ctx, interaction) => `/oauth/interaction/${interaction.uid}` },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    jwks: signingKeys(),
    loadExistingGrant: grantOfThisAuthorisation,
    pkce: { required: (_ctx, client) => client.clientAuthMethod === 'none' || needsPkce(client.clientId) },
    renderError: (ctx, out) => {
      ctx.type = 'html'
      ctx.body = errorPage(out.error, out.error_description ?? '')
    },
    responseTypes: ['code'],
    rotateRefreshToken: (ctx) => rotates(ctx.oidc.client!.clientId),
    scopes: ['openid', 'offline_access', 'email', 'profile', ...known.scopes],
    ttl: lifetimes(state),
  }
}

function claimsOf(id: string) {
  const person = known.people.find((known) => known.id === id)
  return { sub: id, name: person?.name, email: person?.email, email_verified: person?.emailVerified }
}

/** A real authorisation server (RFC 6749, 7009, 7521, 7523, 7636, 8414, 8705, 9207; OpenID Connect). */
export function createProvider(issuer: string, state: SandboxState, store: AuthorisationStore): Provider {
  const provider = new Provider(issuer, configuration(state, store))
  provider.Client.prototype.redirectUriAllowed = function (uri: string) {
    const path = this.clientId === known.signIn.id ? known.signIn.redirectPath : known.redirectPath
    return isRegisteredRedirect(uri, state.redirectUris, path)
  }
  registerGrants(provider)
  return provider
}
