import { known } from './known'

type Addresses = { url: string; evilUrl: string; tlsUrl: string }

/** The addresses and credentials, as lines of name and value. */
export function welcomeLines({ url, evilUrl, tlsUrl }: Addresses): [name: string, value: string][] {
  const { basic, apiToken, people, clients, serviceClients } = known
  return [
    ['API', `${url}/orders, /products, /customers, /stock, /whoami`],
    ['Basic authentication', `${basic.username} / ${basic.password}`],
    ['API token', apiToken],
    ['Authorise URL', `${url}/oauth/auth`],
    ['Token URL', `${url}/oauth/token`],
    ['Client ID and secret', `${clients.basic.id} / ${clients.basic.secret}`],
    ['Public client (PKCE)', clients.public.id],
    ['PKCE required', `${serviceClients.pkce.id} / ${serviceClients.pkce.secret}`],
    [
      'Client credentials',
      `${serviceClients.basic.id} / ${serviceClients.basic.secret} (Basic), ${serviceClients.post.id} / ${serviceClients.post.secret} (body)`,
    ],
    [
      'Client assertions',
      `${serviceClients.rs256.id}, ${serviceClients.es256.id}, ${serviceClients.key.id} (person) by private key; ${serviceClients.secretJwt.id} / ${serviceClients.secretJwt.secret}`,
    ],
    ['Password grant', `${serviceClients.password.id} / ${serviceClients.password.secret}`],
    ['JWT bearer grant', `issuer ${serviceClients.assertion.id}, subject ${serviceClients.assertion.subject}`],
    ['Token URL with client certificate', `${tlsUrl}/oauth/token, ${serviceClients.mutualTls.id}`],
    ['Discovery', `${url}/oauth/.well-known/openid-configuration`],
    ['Scopes', known.scopes.join(' ')],
    ['Person who consents', `${people[0].username} / ${people[0].password}`],
    ['API with client certificate', `${tlsUrl}/orders`],
    [
      'Certificates',
      `${url}/__control/certificates/clientPkcs12Base64 (passphrase ${known.pkcs12Passphrase}), …/clientPem, …/clientKeyPem, …/caPem`,
    ],
    ['Private keys', `${url}/__control/keys/rsa, …/ec, …/ed`],
    ...protocolLines(url),
    ['Misbehaving', `${url}/misbehaving/never-answers and others`],
    ['Attacker’s authorisation server', evilUrl],
  ]
}

/** Each of these protects /whoami and /orders under its own URL. */
function protocolLines(url: string): [name: string, value: string][] {
  const { oauth1, session, jwt, aws, hmac, wsse, messageSignatures, digest, vendor } = known
  return [
    [
      'OAuth 1',
      `${url}/oauth1: ${oauth1.consumerKey} / ${oauth1.consumerSecret}, token ${oauth1.token} / ${oauth1.tokenSecret}, realm ${oauth1.realm}`,
    ],
    ['OAuth 1, RSA', `${url}/oauth1: ${oauth1.rsaConsumerKey}, the same token`],
    ['OAuth 1, three-legged', `${url}/oauth1/request_token, /oauth1/authorize, /oauth1/access_token`],
    [
      'Session after a login',
      `${url}/session/ticket, /session/open: ${session.account}, ${session.username} / ${session.password}; ${session.header} or cookie ${session.cookie}`,
    ],
    [
      'Signed JWT',
      `${url}/jwt: issuer ${jwt.issuer}, audience ${jwt.audience}, key IDs ${Object.values(jwt.keyIds).join(', ')}`,
    ],
    [
      'AWS Signature Version 4',
      `${url}/aws: ${aws.accessKeyId} / ${aws.secretAccessKey}, ${aws.region}, ${aws.service}`,
    ],
    ['HMAC header', `${url}/hmac: ${hmac.key} / ${hmac.secret}`],
    ['WSSE', `${url}/wsse: ${wsse.username} / ${wsse.password}`],
    [
      'Message signatures (RFC 9421)',
      `${url}/message-signatures: ${messageSignatures.keyIds['hmac-sha256']} / ${messageSignatures.secret}`,
    ],
    ['Digest', `${url}/digest-md5, /digest-sha256: ${digest.username} / ${digest.password}`],
    [
      'Keys in other locations',
      `${url}/keys/query (key), /keys/cookie (acme_key), /keys/body (api_key), /keys/two (X-Api-Key and Basic)`,
    ],
    [
      'A vendor with unusual conventions',
      `${url}/vendor/authorize, /vendor/token: ${vendor.clientKey} / ${vendor.clientSecret}`,
    ],
  ]
}

export function welcomePage(addresses: Addresses): string {
  const rows = welcomeLines(addresses).map(([name, value]) => `<dt>${name}</dt><dd><code>${value}</code></dd>`)
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Acme Commerce</title>
<style>:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}main{max-width:44rem;margin:3rem auto;padding:0 1rem}dt{font-weight:600}dd{margin:0 0 .75rem;overflow-wrap:anywhere}</style></head>
<body><main><h1>Acme Commerce</h1><p>A third party on this machine, for trying out the dashboard.</p><dl>${rows.join('')}</dl></main></body></html>`
}
