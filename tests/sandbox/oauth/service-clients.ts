import type { ClientMetadata } from 'oidc-provider'
import { known } from '../known'
import { jwtBearer } from './grants'
import { publicKeySet } from './public-keys'

const { serviceClients, redirectPath } = known
const withPerson = {
  redirect_uris: [`http://localhost:3000${redirectPath}`],
  response_types: ['code'] as ['code'],
  grant_types: ['authorization_code', 'refresh_token'],
}
const withoutPerson = { redirect_uris: [], response_types: [], grant_types: ['client_credentials'] }

function byKey({ id, keyId, privateKey }: { id: string; keyId: string; privateKey: string }, alg: 'RS256' | 'ES256') {
  return {
    client_id: id,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: alg,
    jwks: publicKeySet(privateKey, keyId, alg),
  } as const
}

/** One client for each authentication at the token endpoint and each grant without an authorisation. */
export const registeredServiceClients: ClientMetadata[] = [
  {
    ...withPerson,
    client_id: serviceClients.pkce.id,
    client_secret: serviceClients.pkce.secret,
    client_name: 'Patchbay (PKCE)',
    token_endpoint_auth_method: 'client_secret_basic',
  },
  { ...withPerson, ...byKey(serviceClients.key, 'RS256'), client_name: 'Patchbay (signed assertion)' },
  {
    ...withoutPerson,
    client_id: serviceClients.basic.id,
    client_secret: serviceClients.basic.secret,
    token_endpoint_auth_method: 'client_secret_basic',
  },
  {
    ...withoutPerson,
    client_id: serviceClients.post.id,
    client_secret: serviceClients.post.secret,
    token_endpoint_auth_method: 'client_secret_post',
  },
  { ...withoutPerson, ...byKey(serviceClients.rs256, 'RS256') },
  { ...withoutPerson, ...byKey(serviceClients.es256, 'ES256') },
  {
    ...withoutPerson,
    client_id: serviceClients.secretJwt.id,
    client_secret: serviceClients.secretJwt.secret,
    token_endpoint_auth_method: 'client_secret_jwt',
  },
  {
    ...withoutPerson,
    client_id: serviceClients.password.id,
    client_secret: serviceClients.password.secret,
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['password', 'refresh_token'],
  },
  {
    ...withoutPerson,
    client_id: serviceClients.assertion.id,
    token_endpoint_auth_method: 'none',
    grant_types: [jwtBearer],
  },
  {
    ...withoutPerson,
    client_id: serviceClients.mutualTls.id,
    token_endpoint_auth_method: 'tls_client_auth',
    tls_client_auth_subject_dn: 'acme-client',
    tls_client_certificate_bound_access_tokens: true,
  },
]

/** Clients that must use PKCE, in addition to the public ones. */
export function needsPkce(clientId: string): boolean {
  return clientId === serviceClients.pkce.id
}
