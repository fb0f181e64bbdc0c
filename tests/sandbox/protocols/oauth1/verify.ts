import { known } from '../../known'
import type { SandboxState } from '../../state'
import { refuse, refuseOldTime, refuseUsedNonce, type ArrivedRequest } from '../protocol'
import { baseString, checkBodyHash, readParameters, signatureMatches } from './signature'

const { oauth1 } = known
const consumers: { key: string; secret: string; kind: 'hmac' | 'rsa'; needsToken: boolean }[] = [
  { key: oauth1.consumerKey, secret: oauth1.consumerSecret, kind: 'hmac', needsToken: true },
  { key: oauth1.rsaConsumerKey, secret: '', kind: 'rsa', needsToken: true },
  { key: oauth1.aloneConsumerKey, secret: oauth1.aloneConsumerSecret, kind: 'hmac', needsToken: false },
]
const challenge = { 'www-authenticate': 'OAuth realm="Acme Commerce"' }

export type Signed = {
  consumerKey: string
  needsToken: boolean
  realm: string | null
  parameters: Record<string, string>
}

/** §3.2: the protocol's parameters must be unique. */
function readOauthParameters(request: ArrivedRequest) {
  const { realm, pairs } = readParameters(request)
  const own = pairs.filter(([name]) => name.startsWith('oauth_'))
  if (new Set(own.map(([name]) => name)).size < own.length) refuse('parameter_rejected', 'Duplicate oauth_ parameter')
  return { realm, pairs, parameters: Object.fromEntries(own) as Record<string, string> }
}

/**
 * The part of RFC 5849 §3.2 that is the same for every request.
 * @param secretOf the token's shared secret; null if the token is unknown
 */
export function verifyRequest(
  state: SandboxState,
  request: ArrivedRequest,
  secretOf: (token: string, consumerKey: string) => string | null,
): Signed {
  const { realm, pairs, parameters } = readOauthParameters(request)
  const {
    oauth_consumer_key = '',
    oauth_token = '',
    oauth_signature_method = '',
    oauth_signature = '',
    oauth_timestamp,
    oauth_nonce = '',
  } = parameters
  if (oauth_consumer_key === '') refuse('parameter_absent', 'oauth_consumer_key is missing', challenge)
  if (![undefined, '1.0'].includes(parameters.oauth_version)) refuse('version_rejected', 'oauth_version must be 1.0')
  const consumer =
    consumers.find(({ key }) => key === oauth_consumer_key) ??
    refuse('consumer_key_unknown', 'The consumer key is unknown', challenge)
  if (oauth_signature_method.startsWith('RSA-') !== (consumer.kind === 'rsa'))
    refuse('signature_method_rejected', `${oauth_consumer_key} does not sign with ${oauth_signature_method}`)
  const tokenSecret =
    oauth_token === ''
      ? ''
      : (secretOf(oauth_token, oauth_consumer_key) ?? refuse('token_rejected', 'The token is unknown', challenge))
  const base = baseString(request, pairs)
  if (
    !signatureMatches(oauth_signature_method, oauth_signature, base, { consumer: consumer.secret, token: tokenSecret })
  ) {
    refuse('signature_invalid', `The signature does not match. Our base string: ${base}`, challenge)
  }
  checkBodyHash(request, oauth_signature_method, parameters.oauth_body_hash)
  if (oauth_signature_method !== 'PLAINTEXT' || oauth_timestamp !== undefined) {
    refuseOldTime(/^\d+$/.test(oauth_timestamp ?? '') ? Number(oauth_timestamp) : Number.NaN)
    refuseUsedNonce(
      state,
      'oauth1',
      oauth_nonce && `${oauth_consumer_key} ${oauth_token} ${oauth_timestamp} ${oauth_nonce}`,
    )
  }
  return { consumerKey: oauth_consumer_key, needsToken: consumer.needsToken, realm, parameters }
}
