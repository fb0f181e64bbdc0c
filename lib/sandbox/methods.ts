import type { MethodInput } from '@/lib/authentication-methods/document-schema'
import type { SandboxAddresses } from './addresses'

export const methodNames = {
  basic: 'basic auth',
  token: 'API token',
  oauth: 'OAuth 2',
  certificate: 'client certificate',
} as const

/** Each method is verified by a request to `/whoami`. */
export function sandboxMethods({ url, certificateUrl }: SandboxAddresses): MethodInput[] {
  const verify = { url: `${url}/whoami` }
  const uses = [{ key: 'page_size', advanced: true }]
  const listedBySandbox = (...keys: string[]) => keys.map((key) => ({ key, helpText: `Listed at ${url}.` }))
  return [
    {
      name: methodNames.basic,
      type: 'basic',
      uses,
      variables: listedBySandbox('username', 'password'),
      requests: { verify },
    },
    {
      name: methodNames.token,
      type: 'token',
      options: { placement: { place: 'header', key: 'X-Api-Key', value: '{{ token }}' } },
      uses,
      variables: listedBySandbox('token'),
      requests: { verify },
    },
    {
      name: methodNames.oauth,
      type: 'oauth2_authorization_code',
      options: { issuer: `${url}/oauth`, issuerAdvertised: true },
      uses,
      variables: [
        { key: 'scope', defaultValue: 'orders.read orders.write products.read products.write stock.read stock.write' },
        ...listedBySandbox('client_id', 'client_secret'),
      ],
      requests: { authorise: { url: `${url}/oauth/auth` }, exchange: { url: `${url}/oauth/token` }, verify },
    },
    // Only the instance's client certificate identifies the caller.
    { name: methodNames.certificate, type: 'none', uses, requests: { verify: { url: `${certificateUrl}/whoami` } } },
  ]
}
