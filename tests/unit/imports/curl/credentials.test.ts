import { describe, expect, it } from 'vitest'
import type { CurlMapping } from '@/lib/imports/curl/map-curl'
import { notedOf, parametersOf, readCurl } from './read-curl'

const valuesOf = ({ values }: CurlMapping) => Object.fromEntries(values)

/** Everything that is stored as a definition, or shown. */
const shownOf = ({ method, endpoint, origin, connectorName, report }: CurlMapping) =>
  JSON.stringify([method, endpoint, origin, connectorName, report()])

describe('the credentials of a curl command', () => {
  it.each([
    ['-u ada:s3cr3t-word', 'basic', { username: 'ada', password: 's3cr3t-word' }],
    ['--user ada:a:b', 'basic', { username: 'ada', password: 'a:b' }],
    ['--user=ada', 'basic', { username: 'ada' }],
    [`-H 'Authorization: Basic ${btoa('ada:s3cr3t-word')}'`, 'basic', { username: 'ada', password: 's3cr3t-word' }],
    ['-u abcdefgh:', 'basic', { api_key: 'abcdefgh' }],
    ['-u abcdefgh:x', 'basic', { api_key: 'abcdefgh' }],
    ['-u abcdefgh:X', 'basic', { api_key: 'abcdefgh' }],
    [`-H 'Authorization: Basic ${btoa('abcdefgh:x')}'`, 'basic', { api_key: 'abcdefgh' }],
    [`-u ghp_${'a1B2'.repeat(9)}`, 'basic', { api_key: `ghp_${'a1B2'.repeat(9)}` }],
    ['-u :abcdefgh', 'basic', { api_key: 'abcdefgh' }],
    [`-H 'Authorization: Basic ${btoa(':abcdefgh')}'`, 'basic', { api_key: 'abcdefgh' }],
    ['--digest -u ada:s3cr3t-word', 'digest', { username: 'ada', password: 's3cr3t-word' }],
    [`-H 'Authorization: Bearer abcdefgh'`, 'token', { token: 'abcdefgh' }],
    ['--oauth2-bearer abcdefgh', 'token', { token: 'abcdefgh' }],
    [`-H 'X-Api-Key: abcdefgh'`, 'token', { token: 'abcdefgh' }],
    [
      `-H 'X-Shopify-Access-Token: shpat_0123456789abcdef0123456789abcdef'`,
      'token',
      { token: 'shpat_0123456789abcdef0123456789abcdef' },
    ],
    [`-b 'session=abcdefgh'`, 'token', { token: 'abcdefgh' }],
    [`-H 'cookie: a=12345678; b=23456789'`, 'token', { token: 'a=12345678; b=23456789' }],
    [
      `-u AKIA0123456789ABCDEF:secret-of-aws --aws-sigv4 aws:amz:eu-west-1:s3`,
      'request_signature',
      { access_key_id: 'AKIA0123456789ABCDEF', secret_key: 'secret-of-aws', region: 'eu-west-1', service: 's3' },
    ],
  ])('become a method of the right type: %s', (option, type, values) => {
    const read = readCurl(`curl https://api.acme.com/orders ${option}`)
    expect(read.method.type).toBe(type)
    expect(valuesOf(read)).toEqual(values)
    for (const [key, value] of Object.entries(values))
      if (key !== 'username') expect(shownOf(read)).not.toContain(key === 'region' || key === 'service' ? '\0' : value)
    expect(parametersOf(read)).toEqual([])
  })

  it.each([
    ['abcdefgh:', { username: '{{ api_key }}', password: '' }],
    ['abcdefgh:X', { username: '{{ api_key }}', password: 'X' }],
    [`ghp_${'a1B2'.repeat(9)}`, { username: '{{ api_key }}', password: '' }],
    [':abcdefgh', { username: '', password: '{{ api_key }}' }],
  ])('with only a key are sent like %s', (user, pair) => {
    expect(readCurl(`curl https://a.test/x -u ${user}`).method.options).toEqual({ basic: pair })
  })

  it('are read from the address', () => {
    const read = readCurl('curl https://ada:p%40ss-word@api.acme.com/orders')
    expect(read).toMatchObject({ origin: 'https://api.acme.com', method: { type: 'basic' } })
    expect(valuesOf(read)).toEqual({ username: 'ada', password: 'p@ss-word' })
  })

  it.each(['api_key', 'apikey', 'access_token', 'key', 'appid', 'subscription-key'])(
    'are read from the query: %s',
    (key) => {
      const read = readCurl(`curl 'https://api.acme.com/orders?limit=5&${key}=abcdefgh'`)
      expect(read.method).toMatchObject({
        type: 'token',
        options: { placement: { place: 'url', key, value: '{{ token }}' } },
      })
      expect(parametersOf(read)).toEqual(['url limit=5'])
    },
  )

  it('keep the scheme of a header in the definition', () => {
    const placement = (header: string) => readCurl(`curl https://a.test/x -H '${header}'`).method.options
    expect(placement('Authorization: Bearer abcdefgh')).toMatchObject({
      placement: { key: 'Authorization', value: 'Bearer {{ token }}' },
    })
    expect(placement('Authorization: Zoho-oauthtoken abcdefgh')).toMatchObject({
      placement: { value: 'Zoho-oauthtoken {{ token }}' },
    })
    expect(placement('Authorization: token=abcdefgh')).toMatchObject({ placement: { value: 'token={{ token }}' } })
    expect(placement('Authorization: token = abcdefgh')).toMatchObject({
      placement: { value: 'token = {{ token }}' },
    })
    expect(placement('X-Auth-Token: token abcdefgh')).toMatchObject({ placement: { value: 'token {{ token }}' } })
    expect(placement('Authorization: abcdefgh')).toMatchObject({ placement: { value: '{{ token }}' } })
    expect(placement('x-api-key: abcdefgh')).toMatchObject({ placement: { key: 'x-api-key', value: '{{ token }}' } })
  })

  it.each([
    ['X-Api-Key: QWxhZGRpbg==', 'QWxhZGRpbg'],
    ['X-Password: correct horse battery', 'correct'],
    ['X-Api-Key: key=abcdefgh', 'key='],
    ['X-Api-Key: Bearer abcdefgh', 'abcdefgh'],
    ['X-Auth: ApiKey abcdefgh', 'abcdefgh'],
    ['Authorization: QWxhZGRpbg==', 'QWxhZGRpbg'],
    ['Authorization: QWxhZGRpbg=', 'QWxhZGRpbg'],
    ['Authorization: ABCDEFGHIJKL==x', 'ABCDEFGHIJKL'],
  ])('leave no part of a secret in the definition: %s', (header, part) => {
    const read = readCurl(`curl https://a.test/x -H '${header}'`)
    expect(read.method.type).toBe('token')
    expect(shownOf(read)).not.toContain(part)
    expect(valuesOf(read).token).toContain(part)
  })

  it('are all sent if there are several', () => {
    const read = readCurl(
      `curl 'https://a.test/x?api_key=abcdefgh' -H 'Authorization: Bearer bcdefghi' -H 'X-App-Secret: cdefghij'`,
    )
    expect(read.method).toMatchObject({
      type: 'token',
      parameters: [
        { in: 'header', key: 'X-App-Secret', value: '{{ x_app_secret }}' },
        { in: 'url', key: 'api_key', value: '{{ api_key }}' },
      ],
    })
    expect(valuesOf(read)).toEqual({ token: 'bcdefghi', x_app_secret: 'cdefghij', api_key: 'abcdefgh' })
  })

  it.each(['$TOKEN', '${TOKEN}', '<token>', 'YOUR_API_TOKEN', '{token}', 'xxxx', '***'])(
    'are asked for where %s stands in their place',
    (text) => {
      const read = readCurl(`curl https://a.test/x -H "Authorization: Bearer ${text}"`)
      expect(read.method.type).toBe('token')
      expect(valuesOf(read)).toEqual({})
      expect(read.method.options).toMatchObject({ placement: { value: 'Bearer {{ token }}' } })
    },
  )

  it.each([
    ['-H "Authorization: Bearer $(gcloud auth print-access-token)"', 'token', 'print-access-token'],
    ['-H "Authorization: Bearer $(print-key $(ls t | tail))"', 'token', 'tail'],
    ['-H "Authorization: Bearer `gcloud auth print-access-token`"', 'token', 'print-access-token'],
    ['-H X-Api-Key:`print-key a`', 'token', 'print-key'],
    ['-u "ada:$(print-key a)"', 'basic', 'print-key'],
    ['-u ada:`print-key a`', 'basic', 'print-key'],
    ['-d "client_secret=$(print-key a)"', 'none', 'print-key'],
  ])('are asked for where another command would give them: %s', (option, type, command) => {
    const read = readCurl(`curl https://a.test/x ${option}`)
    expect(read.method.type).toBe(type)
    expect([...read.values.values()].filter((value) => value !== 'ada')).toEqual([])
    expect(shownOf(read)).not.toContain(command)
    expect(notedOf(read)).toContain('$(…)')
  })

  it('are values of the method also in a body, or of the endpoint if it has another method', () => {
    const command = `curl https://a.test/token -d grant_type=password -d client_secret=abcdefgh`
    const read = readCurl(command)
    expect(parametersOf(read)).toEqual(['body grant_type=password', 'body client_secret={{ client_secret }}'])
    expect(valuesOf(read)).toEqual({ client_secret: 'abcdefgh' })
    const alone = readCurl(command, { secretOwner: 'endpoint' })
    expect(alone.endpoint.variables).toMatchObject([{ secret: true, required: true }])
    expect(alone.values.size).toBe(0)
    expect(shownOf(alone)).not.toContain('abcdefgh')
  })

  it.each(['-u cdefghij:', `-H 'Authorization: Bearer abcdefgh' -H 'X-App-Secret: cdefghij'`])(
    'that are sent again by an endpoint of another connector are variables of the endpoint: %s',
    (option) => {
      const command = `curl https://a.test/x ${option} -d client_secret=cdefghij`
      const read = readCurl(command, { secretOwner: 'endpoint' })
      const [variable] = read.endpoint.variables!
      expect(variable).toMatchObject({ secret: true, required: true })
      expect(parametersOf(read)).toEqual([`body client_secret={{ ${variable!.key} }}`])
      expect(read.method.variables!.map(({ key }) => key)).not.toContain(variable!.key)
      expect(parametersOf(readCurl(command))).toEqual([
        option.startsWith('-u') ? 'body client_secret={{ api_key }}' : 'body client_secret={{ x_app_secret }}',
      ])
    },
  )

  it('leave a JSON body that stays valid', () => {
    const read = readCurl(
      String.raw`curl https://a.test/login --json '{"user":"ada","password":"a\"b\\cdefgh","pin_token":123456,"n":[["x"]]}'`,
    )
    expect(Object.values(valuesOf(read))).toEqual(['a"b\\cdefgh', '123456'])
    expect(shownOf(read)).not.toContain('cdefgh')
  })

  it('leave an XML body', () => {
    const read = readCurl(
      `curl https://a.test/soap -H 'Content-Type: text/xml' -d '<a><Username>ada</Username><wsse:Password Type="t">abcdefgh</wsse:Password></a>'`,
    )
    expect(shownOf(read)).not.toContain('abcdefgh')
    expect(read.endpoint.body).toContain('{{ wsse_password }}</wsse:Password>')
  })

  it('leave every place in which the same secret is sent again', () => {
    const read = readCurl(
      `curl 'https://a.test/hooks/abcdefgh/x?v=1-abcdefgh' -H 'Authorization: Bearer abcdefgh' -d '{"a":"xabcdefghx"}'`,
    )
    expect(shownOf(read)).not.toContain('abcdefgh')
    expect(read.endpoint.url).toBe('/hooks/{{ token }}/x')
  })

  it('leave the path', () => {
    const read = readCurl('curl https://api.telegram.org/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw8/getMe')
    expect(shownOf(read)).not.toContain('AAHdqTcv')
  })

  it('do not include the variables of GraphQL', () => {
    const query =
      'mutation($email: String!, $password: String!, $customerAccessToken: String = null) { login(email: $email, password: $password) { id } renew(customerAccessToken: $customerAccessToken) { id } }'
    const json = JSON.stringify({ query, variables: { email: 'a@a.test', password: 'abcdefgh' } })
    const read = readCurl(`curl https://a.test/graphql --json '${json}'`)
    expect(read.endpoint.body).toContain(query)
    expect(valuesOf(read)).toEqual({ password: 'abcdefgh' })
    const given = query.replace('password: $password', 'password: "$abcdefgh"')
    expect(shownOf(readCurl(`curl https://a.test/x --json '${JSON.stringify({ query: given })}'`))).not.toContain(
      'abcdefgh',
    )
    const text = `-H 'Content-Type: text/plain' -d 'password: $abcdefgh'`
    expect(shownOf(readCurl(`curl https://a.test/x ${text}`))).not.toContain('abcdefgh')
  })

  it('do not include the position in a list', () => {
    const read = readCurl(`curl 'https://a.test/x?page_token=abcdefgh'`)
    expect(read.method.type).toBe('none')
  })

  it('cannot be read from headers that are valid for one request, which the report says', () => {
    const aws = readCurl(
      `curl https://x.execute-api.eu-west-1.amazonaws.com/a -H 'Authorization: AWS4-HMAC-SHA256 Credential=AKIA0123456789ABCDEF/20260101/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature=0123456789abcdef'`,
    )
    expect(aws.method.type).toBe('request_signature')
    expect(valuesOf(aws)).toEqual({
      access_key_id: 'AKIA0123456789ABCDEF',
      region: 'eu-west-1',
      service: 'execute-api',
    })
    expect(notedOf(aws)).toContain('Authorization')
    const oauth = readCurl(
      `curl https://a.test/x -H 'Authorization: OAuth oauth_consumer_key="a", oauth_signature="b"'`,
    )
    expect(oauth.method.type).toBe('none')
    expect(notedOf(oauth)).toEqual(['Authorization'])
  })

  it.each([
    `-H 'Authorization: AWS4-HMAC-SHA256 Credential=AKIA0123456789ABCDEF/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0123456789abcdef'`,
    `--aws-sigv4 aws:amz:eu-west-1:s3 -u AKIA0123456789ABCDEF:`,
  ])('of a request that is signed already are without its signed headers: %s', (signature) => {
    const read = readCurl(
      `curl https://a.test/x ${signature} -H 'X-Amz-Date: 20260101T000000Z' -H 'X-Amz-Content-Sha256: ${'ab12'.repeat(16)}' -H 'X-Amz-Security-Token: abcdefgh' -H 'X-Amz-Meta-Own: a'`,
    )
    expect(read.method).toMatchObject({ type: 'request_signature', parameters: [] })
    expect(valuesOf(read)).toMatchObject({ access_key_id: 'AKIA0123456789ABCDEF', session_token: 'abcdefgh' })
    expect(parametersOf(read)).toEqual(['header X-Amz-Meta-Own=a'])
    expect(notedOf(read)).toContain('X-Amz-Date, X-Amz-Content-Sha256, X-Amz-Security-Token')
  })

  it('name the certificate, which only the instance can have', () => {
    const read = readCurl('curl --cert client.pem:passphrase --key key.pem https://a.test/x')
    expect(notedOf(read)).toEqual(['--cert'])
    expect(shownOf(read)).not.toContain('passphrase')
  })

  it('propose a test request for what only reads', () => {
    expect(readCurl('curl -u a:bcdefg https://a.test/me').method.requests).toEqual({ verify: { url: '/me' } })
    expect(readCurl('curl -u a:bcdefg https://a.test/me -d a=1').method.requests).toBeUndefined()
  })
})
