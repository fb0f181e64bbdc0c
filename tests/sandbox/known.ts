import { knownKeys } from './known-keys'

/** Everything that a person or a test needs to use the sandbox. None of it gives access to anything else. */
export const known = {
  basic: { username: 'acme-api', password: 'basic-password-1' },
  apiToken: 'acme-token-0123456789',
  people: [
    {
      ...{ id: 'casey', username: 'casey', password: 'acme-login-1', name: 'Casey Marsh' },
      ...{ email: 'casey@acme.test', emailVerified: true },
    },
    {
      ...{ id: 'robin', username: 'robin', password: 'acme-login-2', name: 'Robin Vale' },
      ...{ email: 'robin@acme.test', emailVerified: false },
    },
  ],
  /** The client with which an app signs its own people in (OpenID Connect). */
  signIn: { id: 'acme-sign-in', secret: 'acme-sign-in-secret-1', redirectPath: '/login/oidc/callback' },
  clients: {
    basic: { id: 'acme-basic', secret: 'acme-basic-secret-1' },
    post: { id: 'acme-post', secret: 'acme-post-secret-1' },
    public: { id: 'acme-public', secret: '' },
    steady: { id: 'acme-steady', secret: 'acme-steady-secret-1' },
    once: { id: 'acme-once', secret: 'acme-once-secret-1' },
  },
  /** Clients for one authentication or one grant each. */
  serviceClients: {
    /** Authorisation code; PKCE is required. */
    pkce: { id: 'acme-pkce', secret: 'acme-pkce-secret-1' },
    /** Authorisation code and refresh with private_key_jwt, RS256. */
    key: { id: 'acme-key', keyId: 'acme-rs-1', privateKey: knownKeys.rsa },
    basic: { id: 'acme-service', secret: 'acme-service-secret-1' },
    post: { id: 'acme-service-post', secret: 'acme-service-post-secret-1' },
    rs256: { id: 'acme-service-rs256', keyId: 'acme-rs-1', privateKey: knownKeys.rsa },
    es256: { id: 'acme-service-es256', keyId: 'acme-es-1', privateKey: knownKeys.ec },
    secretJwt: { id: 'acme-service-jwt', secret: 'acme-service-jwt-secret-of-at-least-32-bytes' },
    password: { id: 'acme-password', secret: 'acme-password-secret-1' },
    /** Issuer of the assertions of the JWT bearer grant, which authenticates only with them. */
    assertion: { id: 'acme-assertion', keyId: 'acme-rs-1', privateKey: knownKeys.rsa, subject: 'casey' },
    mutualTls: { id: 'acme-mtls' },
  },
  scopes: ['orders.read', 'orders.write', 'products.read', 'products.write', 'stock.read', 'stock.write'],
  redirectPath: '/oauth/authenticate',
  pkcs12Passphrase: 'acme-p12',
  keys: knownKeys,
  oauth1: {
    consumerKey: 'acme-consumer',
    consumerSecret: 'acme-consumer-secret-1',
    /** Signs with known.keys.rsa. */
    rsaConsumerKey: 'acme-consumer-rsa',
    /** May call without a token. */
    aloneConsumerKey: 'acme-consumer-alone',
    aloneConsumerSecret: 'acme-consumer-alone-secret-1',
    token: 'acme-oauth1-token',
    tokenSecret: 'acme-oauth1-token-secret-1',
    realm: 'ACME_1234',
  },
  session: {
    account: 'acme',
    username: 'acme-session',
    password: 'session-password-1',
    header: 'X-Session',
    cookie: 'ACME_SESSION',
  },
  jwt: {
    issuer: 'acme-app',
    audience: 'https://acme.example/api',
    secret: 'acme-jwt-secret-of-at-least-32-bytes-1',
    keyIds: { RS256: 'acme-rs-1', ES256: 'acme-es-1', EdDSA: 'acme-ed-1', HS256: 'acme-hs-1' },
  },
  aws: {
    accessKeyId: 'AKIDACMECOMMERCE',
    secretAccessKey: 'acme/aws+secret/1',
    /** Temporary; the session token is required. */
    temporary: {
      accessKeyId: 'ASIAACMECOMMERCE',
      secretAccessKey: 'acme/temporary+secret/1',
      sessionToken: 'acme/session+token/1==',
    },
    region: 'eu-west-1',
    service: 'execute-api',
  },
  hmac: { key: 'acme-hmac-key', secret: 'acme-hmac-secret-1' },
  wsse: { username: 'acme-wsse', password: 'wsse-password-1' },
  messageSignatures: {
    secret: 'acme-message-signature-secret-1',
    keyIds: {
      'hmac-sha256': 'acme-sig-hmac',
      'rsa-pss-sha512': 'acme-sig-rsa',
      'rsa-v1_5-sha256': 'acme-sig-rsa',
      'ecdsa-p256-sha256': 'acme-sig-ec',
      ed25519: 'acme-sig-ed',
    },
  },
  digest: { username: 'acme-digest', password: 'digest-password-1' },
  vendor: {
    clientKey: 'acme-vendor',
    clientSecret: 'acme-vendor-secret-1',
    scopes: ['orders', 'products'],
    realmId: '9130347',
  },
} as const
