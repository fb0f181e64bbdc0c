import { createPublicKey } from 'node:crypto'
import { decodeJwt, jwtVerify } from 'jose'
import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { known } from '../known'

export const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

const assertionKey = createPublicKey(known.serviceClients.assertion.privateKey)

type Parameters = Record<string, string | undefined>

function wantedScope({ scope }: Parameters): string {
  const wanted = scope?.split(' ').filter(Boolean) ?? [...known.scopes]
  const unknown = wanted.find((one) => !known.scopes.some((knownScope) => knownScope === one))
  if (unknown !== undefined) throw new errors.InvalidScope('requested scope is not allowed', unknown)
  return wanted.join(' ')
}

/** Issues tokens for a person without a browser. */
async function answerFor(
  provider: Provider,
  ctx: KoaContextWithOIDC,
  accountId: string,
  withRefresh: boolean,
): Promise<void> {
  const client = ctx.oidc.client!
  const scope = wantedScope(ctx.oidc.params as Parameters)
  const grant = new provider.Grant({ accountId, clientId: client.clientId })
  grant.addOIDCScope(scope)
  const grantId = await grant.save()
  const common = { accountId, client, grantId, scope, gty: String(ctx.oidc.params!.grant_type) }
  const accessToken = new provider.AccessToken(common)
  const refreshToken = withRefresh
    ? new provider.RefreshToken({ ...common, expiresWithSession: false, rotations: 0 } as never)
    : null
  ctx.body = {
    access_token: await accessToken.save(),
    token_type: 'Bearer',
    expires_in: accessToken.expiration,
    scope,
    ...(refreshToken && { refresh_token: await refreshToken.save() }),
  }
}

/** RFC 7523 §3: the issuer is the client, and the subject is a person who gave access before. */
async function subjectOf(provider: Provider, ctx: KoaContextWithOIDC): Promise<string> {
  const { assertion } = ctx.oidc.params as Parameters
  if (!assertion) throw new errors.InvalidRequest('assertion is missing')
  try {
    const { payload } = await jwtVerify(assertion, assertionKey, {
      algorithms: ['RS256'],
      issuer: ctx.oidc.client!.clientId,
      audience: [provider.issuer, `${provider.issuer}/token`],
      requiredClaims: ['exp', 'sub'],
    })
    if (payload.exp! > Date.now() / 1000 + 3660) throw new Error('exp is more than an hour ahead')
    if (!known.people.some(({ id }) => id === payload.sub)) throw new Error(`unknown person ${payload.sub}`)
    return payload.sub!
  } catch (error) {
    throw new errors.InvalidGrant(`the assertion is refused: ${(error as Error).message}`)
  }
}

/** The resource owner's password (RFC 6749 §4.3) and the JWT bearer grant (RFC 7523 §2.1). */
export function registerGrants(provider: Provider): void {
  provider.registerGrantType(
    'password',
    async (ctx) => {
      const { username, password } = ctx.oidc.params as Parameters
      const person = known.people.find(
        (candidate) => candidate.username === username && candidate.password === password,
      )
      if (!person) throw new errors.InvalidGrant('the username or the password is wrong')
      await answerFor(provider, ctx, person.id, true)
    },
    ['username', 'password', 'scope'],
  )
  provider.registerGrantType(
    jwtBearer,
    async (ctx) => answerFor(provider, ctx, await subjectOf(provider, ctx), false),
    ['assertion', 'scope'],
  )
}

/** The assertion names the client if nothing else does. */
export function withClientOfAssertion(form: string): string {
  const parameters = new URLSearchParams(form)
  if (parameters.get('grant_type') !== jwtBearer || parameters.has('client_id')) return form
  try {
    parameters.set('client_id', decodeJwt(parameters.get('assertion') ?? '').iss ?? '')
  } catch {
    // Not a JWT: the provider responds that the client is unknown.
  }
  return parameters.toString()
}
