import { known } from './known'

type Addresses = { url: string; evilUrl: string; tlsUrl: string }

/** The addresses and credentials, as lines of name and value. */
export function welcomeLines({ url, evilUrl, tlsUrl }: Addresses): [name: string, value: string][] {
  const { basic, apiToken, people, clients } = known
  return [
    ['API', `${url}/orders, /products, /customers, /stock, /whoami`],
    ['Basic authentication', `${basic.username} / ${basic.password}`],
    ['API token', apiToken],
    ['Authorise URL', `${url}/oauth/auth`],
    ['Token URL', `${url}/oauth/token`],
    ['Client ID and secret', `${clients.basic.id} / ${clients.basic.secret}`],
    ['Public client (PKCE)', clients.public.id],
    ['Scopes', known.scopes.join(' ')],
    ['Person who consents', `${people[0].username} / ${people[0].password}`],
    ['API with client certificate', `${tlsUrl}/orders`],
    ['Certificates', `${url}/__control/certificates/clientPkcs12Base64 (passphrase ${known.pkcs12Passphrase}), …/clientPem, …/clientKeyPem, …/caPem`],
    ['Misbehaving', `${url}/misbehaving/never-answers and others`],
    ['Attacker’s authorisation server', evilUrl],
  ]
}

export function welcomePage(addresses: Addresses): string {
  const rows = welcomeLines(addresses).map(([name, value]) => `<dt>${name}</dt><dd><code>${value}</code></dd>`)
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Acme Commerce</title>
<style>:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}main{max-width:44rem;margin:3rem auto;padding:0 1rem}dt{font-weight:600}dd{margin:0 0 .75rem;overflow-wrap:anywhere}</style></head>
<body><main><h1>Acme Commerce</h1><p>A third party on this machine, for trying out the dashboard. Everything it knows is kept in memory.</p><dl>${rows.join('')}</dl></main></body></html>`
}
