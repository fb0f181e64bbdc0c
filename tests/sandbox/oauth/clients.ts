import type { ClientMetadata } from 'oidc-provider'
import { known } from '../known'
import { registeredServiceClients } from './service-clients'

const { clients, redirectPath } = known

function client(metadata: Partial<ClientMetadata> & { client_id: string; client_name: string }): ClientMetadata {
  return {
    redirect_uris: [`http://localhost:3000${redirectPath}`],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
    ...metadata,
  }
}

/** The applications registered at Acme. */
export const registeredClients: ClientMetadata[] = [
  client({ client_id: clients.basic.id, client_secret: clients.basic.secret, client_name: 'Patchbay' }),
  client({
    client_id: clients.post.id,
    client_secret: clients.post.secret,
    client_name: 'Patchbay (secret in the body)',
    token_endpoint_auth_method: 'client_secret_post',
  }),
  client({ client_id: clients.public.id, client_name: 'Patchbay (public)', token_endpoint_auth_method: 'none' }),
  client({
    client_id: clients.steady.id,
    client_secret: clients.steady.secret,
    client_name: 'Patchbay (steady refresh token)',
  }),
  client({
    client_id: clients.once.id,
    client_secret: clients.once.secret,
    client_name: 'Patchbay (no refresh token)',
    grant_types: ['authorization_code'],
  }),
  client({
    client_id: known.signIn.id,
    client_secret: known.signIn.secret,
    client_name: 'Patchbay (sign in)',
    grant_types: ['authorization_code'],
    redirect_uris: [`http://localhost:3000${known.signIn.redirectPath}`],
  }),
  ...registeredServiceClients,
]

export function rotates(clientId: string): boolean {
  return clientId !== clients.steady.id
}

const loopbackRedirect = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(\/.*)$/

/** A redirect URI registered by a test, or the dashboard's on this machine at any port (RFC 8252 §7.3). */
export function isRegisteredRedirect(
  uri: string,
  registered: ReadonlySet<string>,
  path: string = redirectPath,
): boolean {
  return registered.has(uri) || loopbackRedirect.exec(uri)?.[1] === path
}
