import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planCurl } from '@/lib/imports/plan-curl'

/** Whatever a command combines, its secrets become part of no definition, no report and no refusal (rule R10). */

const secret = 'S3cr3tPlanted9'

const withSecret = [
  ...[`-u ada:${secret}`, `-u ${secret}:`, `--oauth2-bearer ${secret}`, `-U p:${secret}`, `--pass ${secret}`],
  ...[`--cert c.pem:${secret}`, `--proxy http://p:${secret}@x:1`, `--url-query 'sig=${secret}'`],
  ...[`-H "Authorization: Bearer ${secret}"`, `-H 'Authorization: ${secret}'`, `-H 'X-Api-Key: ${secret}'`],
  ...[`-H 'Authorization: Basic ${btoa(`ada:${secret}`)}'`, `-H 'Proxy-Authorization: Basic ${secret}'`],
  ...[`-H 'Authorization: Digest username="a", response="${secret}"'`, `-H 'Weird ${secret}'`],
  ...[`-H 'Authorization: OAuth oauth_token="${secret}"'`, `-H 'Authorization: Token token="${secret}"'`],
  ...[`-b 'a=1; s=${secret}'`, `-b s=${secret}`, `-H 'Cookie: x=${secret}'`],
  ...[`-d 'password=${secret}'`, `-d '{"password":"${secret}"}'`, `-d '{"a":[{"client_secret":"${secret}"}]}'`],
  ...[`--data-urlencode 'token=${secret}'`, `-F 'token=${secret}'`, `-d '<p><Password>${secret}</Password></p>'`],
  `--json '{"token":"${secret}","b":1}'`,
]
const others = [
  ...['-X PUT', '-k', '-G', '-I', '--digest', '--aws-sigv4 aws:amz:us-east-1:s3', '-m 5', '-A agent', '--next', '-T f'],
  ...[`-H 'Content-Type: text/xml'`, `-H 'Content-Type: application/json'`, `-H 'sec-fetch-mode: cors'`, '--frob'],
  ...[`--form 'a=b;type=text/plain'`, `-H "X-Api-Key: $KEY"`, '-d @f', `-H 'X: {{ a }} [[b]] {% c'`, `-H 'Host: x'`],
  ...[`-H $'X-Y: a\\u00e9'`, `-H 'X-Z: é→'`],
]
const addresses = [
  ...['https://api.acme.com/v1/orders/17', 'api.acme.com/x', `'http://localhost:3000/a b'`],
  ...[
    `'https://api.acme.com/../x/./y'`,
    `'https://api.acme.com/x?a[]=1&a[]=2&flag'`,
    `'https://{shop}.acme.com/{id}/:x'`,
  ],
  ...[`'https://api.acme.com/x?api_key=${secret}&a=1'`, `'https://ada:${secret}@api.acme.com/x'`],
  ...[`'https://api.acme.com/x?redirect=https://y.test?token=${secret}'`, `'https://api.acme.com/x?sig=1#${secret}'`],
]
const targets = [undefined, 'https://api.acme.com', 'https://other.acme.com/v2']

test('a secret stays out of everything but the values of the instance, and what is mapped can be stored', () => {
  const command = fc
    .tuple(fc.array(fc.constantFrom(...withSecret, ...others), { maxLength: 8 }), fc.constantFrom(...addresses))
    .map(([options, address]) => ['curl', address, ...options].join(' '))
  fc.assert(
    fc.property(command, fc.constantFrom(...targets), (source, baseUrl) => {
      const planned = planCurl(source, baseUrl === undefined ? {} : { baseUrl, secretOwner: 'endpoint' })
      if (!planned.ok) throw new Error(planned.error.message)
      const { plan, mapping } = planned.value
      const { values: _values, report, ...definition } = mapping
      expect(JSON.stringify([plan, definition, report()])).not.toContain(secret)
    }),
    { numRuns: 1_500 },
  )
})
