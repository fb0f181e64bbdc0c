import type { MethodData, SandboxAddresses } from './definition'

const printed = 'The sandbox prints it when it starts.'

export const methodNames = { basic: 'basic auth', token: 'API token', oauth: 'OAuth 2', certificate: 'client certificate' } as const

/** Each of them is verified by asking Acme who it thinks is calling. */
export function sandboxMethods({ url, certificateUrl }: SandboxAddresses): MethodData[] {
  const verify = `${url}/whoami`
  return [
    {
      name: methodNames.basic,
      type: 'basic',
      options: {},
      variables: { username: { helpText: printed }, password: { helpText: printed } },
      urls: { verify },
    },
    {
      name: methodNames.token,
      type: 'token',
      options: { placement: { place: 'header', key: 'X-Api-Key', value: '{{ token }}' } },
      variables: { token: { helpText: printed } },
      urls: { verify },
    },
    {
      name: methodNames.oauth,
      type: 'oauth2_authorization_code',
      options: { issuer: `${url}/oauth`, issuerAdvertised: true },
      variables: {
        scope: { defaultValue: 'orders.read orders.write products.read products.write stock.read stock.write' },
        client_id: { helpText: printed },
        client_secret: { helpText: printed },
      },
      urls: { authorise: `${url}/oauth/auth`, exchange: `${url}/oauth/token`, verify },
    },
    // Nothing but the instance's client certificate says who calls.
    { name: methodNames.certificate, type: 'none', options: {}, variables: {}, urls: { verify: `${certificateUrl}/whoami` } },
  ]
}
