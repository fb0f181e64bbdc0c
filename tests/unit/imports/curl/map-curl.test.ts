import { describe, expect, it } from 'vitest'
import { mapCurl } from '@/lib/imports/curl/map-curl'
import { notedOf, parametersOf, readCurl, refusalOfCurl } from './read-curl'

describe('the request of a curl command', () => {
  it('is a GET with the query and the headers as parameters', () => {
    const read = readCurl(`curl 'https://api.acme.com/v1/orders?limit=10&note=a%20b' -H 'Accept: application/json'`)
    expect(read).toMatchObject({ origin: 'https://api.acme.com', connectorName: 'Acme' })
    expect(read.endpoint).toMatchObject({
      name: 'List orders',
      entityType: 'Orders',
      direction: 'receive',
      method: 'GET',
      url: '/v1/orders',
      bodyFormat: 'none',
    })
    expect(parametersOf(read)).toEqual(['url limit=10', 'url note=a b', 'header Accept=application/json'])
    expect(read.method).toMatchObject({ type: 'none' })
    expect(read.report()).toEqual([])
  })

  it('is a POST when there is data', () => {
    const read = readCurl(
      `curl https://api.acme.com/orders -d name=Ada -d "note=a b&c=1" --data-urlencode 'city=São Paulo & more'`,
    )
    expect(read.endpoint).toMatchObject({ method: 'POST', bodyFormat: 'form', direction: 'send', name: 'Create order' })
    expect(parametersOf(read)).toEqual(['body name=Ada', 'body note=a b', 'body c=1', 'body city=São Paulo & more'])
  })

  it('is a form also with brackets in its names', () => {
    const read = readCurl(
      `curl https://api.acme.com/charges -d amount=5 -d "metadata[order_id]=6735" -d 'items[0][price]=a{b'`,
    )
    expect(read.endpoint).toMatchObject({ bodyFormat: 'form' })
    expect(parametersOf(read)).toEqual(['body amount=5', 'body metadata[order_id]=6735', 'body items[0][price]=a{b'])
    for (const body of ['[1=2', '{a=1', '<a>=1', 'a["b"]=1'])
      expect(readCurl(`curl https://a.test/x -d '${body}'`).endpoint.bodyFormat).toBe('raw')
    expect(readCurl(`curl https://a.test/x -d '["a=1"]'`).endpoint.bodyFormat).toBe('json')
  })

  it('has the query from data with -G', () => {
    const read = readCurl(`curl -G https://api.acme.com/search -d q=shoes --data-urlencode "filter=size = 4"`)
    expect(read.endpoint.method).toBe('GET')
    expect(parametersOf(read)).toEqual(['url q=shoes', 'url filter=size = 4'])
  })

  it.each([
    ['-X PUT', 'PUT'],
    ['-XPATCH', 'PATCH'],
    ['--request DELETE', 'DELETE'],
    ['--request=delete', 'DELETE'],
    ['-sSLX POST', 'POST'],
    ['-I', 'HEAD'],
    ['-T order.json', 'PUT'],
    ['-X POST -T order.json', 'POST'],
    ['--head', 'HEAD'],
  ])('reads the method of %s', (option, method) => {
    expect(readCurl(`curl ${option} https://api.acme.com/orders/17`).endpoint.method).toBe(method)
  })

  it('has a JSON body as a template whose brackets are text', () => {
    const read = readCurl(
      `curl https://api.acme.com/orders -H 'Content-Type: application/json' -d '{"a":{"b":[[1,2],[3]]},"text":"{{ no }} [[payload]] {% x","big":12345678901234567890}'`,
    )
    expect(read.endpoint).toMatchObject({ bodyFormat: 'json', method: 'POST' })
    expect(read.endpoint.body).toContain('12345678901234567890')
    expect(read.endpoint.body).not.toMatch(/\[\[(?!["} ])payload/)
    expect(parametersOf(read)).toEqual([])
  })

  it('reads --json as curl sends it', () => {
    const read = readCurl(`curl --json '{"a":' --json '1}' https://api.acme.com/orders`)
    expect(read.endpoint).toMatchObject({ bodyFormat: 'json', body: '{"a":1}', method: 'POST' })
    expect(parametersOf(read)).toEqual(['header Accept=application/json'])
  })

  it('sends JSON as JSON although curl would call it a form, and says so', () => {
    const read = readCurl(`curl https://api.acme.com/orders -d '{"a":1}'`)
    expect(read.endpoint.bodyFormat).toBe('json')
    expect(notedOf(read)).toContain('Body')
  })

  it('keeps the content type that a format does not send itself', () => {
    const read = readCurl(`curl https://api.acme.com/orders -H 'content-type: application/vnd.api+json' -d '{"a":1}'`)
    expect(read.endpoint.bodyFormat).toBe('json')
    expect(parametersOf(read)).toEqual(['header content-type=application/vnd.api+json'])
  })

  it.each([
    ['application/xml', '<a>1</a>', 'xml'],
    ['text/xml; charset=utf-8', '<a>1</a>', 'xml'],
    ['text/plain', 'hello', 'text'],
    ['application/graphql', '{ orders { id } }', 'raw'],
  ])('has a body of the type %s', (type, body, format) => {
    expect(readCurl(`curl https://a.test/x -H 'Content-Type: ${type}' --data-binary '${body}'`).endpoint).toMatchObject(
      { bodyFormat: format, body },
    )
  })

  it('has a multipart form, without the files, which the report names', () => {
    const read = readCurl(
      `curl https://a.test/x -F name=Ada -F 'file=@photo.png;type=image/png' -F 'a=<b.txt' --form-string 'raw=@x'`,
    )
    expect(read.endpoint).toMatchObject({ method: 'POST', bodyFormat: 'multipart' })
    expect(parametersOf(read)).toEqual(['body name=Ada', 'body raw=@x'])
    expect(notedOf(read)).toEqual(['-F'])
  })

  it('says that a file named with @ cannot be read', () => {
    const read = readCurl(`curl https://a.test/x -H 'Content-Type: application/json' -d @order.json`)
    expect(read.endpoint).toMatchObject({ method: 'POST', bodyFormat: 'none' })
    expect(read.report()).toMatchObject([{ pointer: '-d', kind: 'not_imported' }])
  })

  it('names every option that has no counterpart, and unknown ones', () => {
    const read = readCurl(
      `curl -sSk --proxy http://p:1 --resolve a.test:1:2 --frobnicate -o out.json https://a.test/x -w '%{http_code}'`,
    )
    expect(notedOf(read)).toEqual(['--frobnicate', '-k', '--proxy', '--resolve', '-s, -S, -o, -w'])
  })

  it('has the timeout of --max-time', () => {
    expect(readCurl('curl -m 2.5 https://a.test/x').method).toMatchObject({ timeoutSeconds: 3 })
    expect(readCurl('curl --max-time=600 https://a.test/x').method).toMatchObject({ timeoutSeconds: 300 })
  })

  it('has variables for what the command leaves open', () => {
    const read = readCurl(
      `curl "https://api.acme.com/shops/{shop_id}/orders/:orderId?page=$PAGE&x=\${OTHER}" -H "X-Trace: $TRACE"`,
    )
    expect(read.endpoint.url).toBe('/shops/{{ shop_id }}/orders/{{ orderid }}')
    expect(parametersOf(read)).toEqual(['url page={{ page }}', 'url x={{ other }}', 'header X-Trace={{ trace }}'])
    expect(read.endpoint.variables).toHaveLength(5)
  })

  it('does not take a dollar sign in single quotes for a variable', () => {
    const read = readCurl(`curl 'https://api.acme.com/odata?$filter=a%20eq%201&$top=5'`)
    expect(parametersOf(read)).toEqual(['url $filter=a eq 1', 'url $top=5'])
  })

  it('is relative to the base URL of the connector, if it is below it', () => {
    const command = 'curl https://acme.api.test/v2/orders'
    expect(readCurl(command, { baseUrl: 'https://acme.api.test/v2/' }).endpoint.url).toBe('/orders')
    expect(readCurl(command, { baseUrl: 'https://{{ shop }}.api.test' }).endpoint.url).toBe('/v2/orders')
    expect(readCurl(command, { baseUrl: '{{ instance_url }}' }).endpoint.url).toBe('/v2/orders')
    expect(readCurl(command, { baseUrl: 'https://acme.api.test/v' }).endpoint.url).toBe(
      'https://acme.api.test/v2/orders',
    )
    expect(readCurl(command, { baseUrl: '' }).endpoint.url).toBe('https://acme.api.test/v2/orders')
  })

  it('reads only the first request, and says so', () => {
    expect(notedOf(readCurl('curl https://a.test/x | jq .'))).toEqual(['After the command'])
    expect(notedOf(readCurl('curl https://a.test/x https://a.test/y'))).toEqual(['URL'])
    expect(notedOf(readCurl('curl https://a.test/x ;\ncurl https://a.test/y'))).toEqual(['After the command'])
    expect(notedOf(readCurl('curl https://a.test/x > out.json 2>&1'))).toEqual(['After the command'])
  })

  it.each(['--next', '-:', '-s:', '-:XDELETE'])('ends before %s, with its secrets and its options', (next) => {
    const read = readCurl(
      `curl https://a.test/x -H 'X-Own: 1' ${next} -X DELETE -u ada:s3cr3t-word -H 'X-Other: 2' -d 'b=3' https://b.test/y`,
    )
    expect(read).toMatchObject({ origin: 'https://a.test', method: { type: 'none' }, endpoint: { method: 'GET' } })
    expect(parametersOf(read)).toEqual(['header X-Own=1'])
    expect(read.values.size).toBe(0)
    expect(notedOf(read)).toContain(next === '--next' ? '--next' : '-:')
  })

  it.each([
    ['', 'Paste a curl command.'],
    ['wget https://a.test', 'This is not a curl command.'],
    ['curl', 'The command has no address.'],
    ['curl --next https://a.test/x', 'The command has no address.'],
    ['curl ftp://a.test/x', 'Only http and https'],
    ['curl -X BREW https://a.test/x', 'The command has an HTTP method other than'],
    [`curl 'https://a.test/x`, "The quote ' in line 1 is never closed."],
    [`curl https://a.test/x \\\n -H "a: b`, 'The quote " in line 2 is never closed.'],
    [`curl $'https://a.test/x`, "The quote $' in line 1 is never closed."],
    ['curl https://a.test/x -H', 'The option -H has no value.'],
    ['curl https://a.test/\0', 'The command contains a NUL character.'],
    [`curl https://a.test/${'x'.repeat(1_000_000)}`, 'A curl command can have at most 1,000,000 characters.'],
    [`curl 'https://a.test/x?${'a=1&'.repeat(200_000)}'`, 'The address of the command is too long'],
    [`curl ${'-s '.repeat(60_000)} https://a.test/`, 'A command can have at most 50,000 words.'],
  ])('refuses %j', (command, message) => {
    expect(refusalOfCurl(command)).toContain(message)
  })
})

describe('what a command leaves open', () => {
  it.each([
    ['https://{shop}.acme.com/orders', 'https://{{ shop }}.acme.com', ['shop']],
    ['https://<your-domain>.acme.com/orders', 'https://{{ your_domain }}.acme.com', ['your_domain']],
    ['"https://$HOST/orders"', '{{ host }}', ['host']],
    ['"{{baseUrl}}/orders"', '{{ baseurl }}', ['baseurl']],
  ])('of the host of %s becomes a variable of the connector', (address, origin, keys) => {
    const read = readCurl(`curl -u ada:bcdefg ${address}`)
    expect(read.origin).toBe(origin)
    expect(read.connectorVariables.map(({ key }) => key)).toEqual(keys)
    expect(read.endpoint.url).toBe('/orders')
    expect(read.method.uses).toEqual(keys.map((key) => ({ key, required: true })))
  })

  it('of the scheme is http, which is said unless a variable has it', () => {
    expect(notedOf(readCurl('curl a.test/orders'))).toEqual(['URL'])
    expect(notedOf(readCurl('curl "$HOST.acme.com/orders"'))).toEqual(['URL'])
    expect(notedOf(readCurl('curl "$BASE_URL/orders"'))).toEqual([])
  })

  it('of the host is the base URL of the connector that there is', () => {
    const read = readCurl('curl https://{shop}.acme.com/orders', { baseUrl: 'https://x.test/v1' })
    expect(read.endpoint.url).toBe('/orders')
    expect(notedOf(read)).toEqual(['URL'])
    const without = mapCurl('curl https://{shop}.acme.com/orders', { baseUrl: '' })
    expect(without).toMatchObject({ ok: false, error: { code: 'invalid_url' } })
  })

  it('is asked for where documentation writes username and password', () => {
    const read = readCurl('curl -u username:password https://api.acme.com/orders')
    expect(read.method.type).toBe('basic')
    expect(read.values.size).toBe(0)
  })
})

describe('too much of something', () => {
  it('is left out with a note', () => {
    const many = Array.from({ length: 300 }, (_, index) => `-H 'X-${index}: a' -F f${index}=1`).join(' ')
    const read = readCurl(`curl https://a.test/x ${many} -H 'X-Long: ${'a'.repeat(20_000)}'`)
    expect(read.endpoint.parameters).toHaveLength(200)
    expect(notedOf(read)).toEqual(['-H', 'Parameters'])
    expect(notedOf(readCurl(`curl -G https://a.test/x -d '${'a&'.repeat(400_000)}'`))).toEqual(['-G'])
    const tokens = Array.from({ length: 100 }, (_, index) => `-H 'X-${index}-Token: abcdef${index}'`).join(' ')
    expect(notedOf(readCurl(`curl https://a.test/x ${tokens}`))).toEqual(['Credentials'])
  })
})

describe('a command with more credentials than a method can have', () => {
  const many = (count: number, written: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => written(index))

  it.each([
    ['headers', many(20_000, (index) => `-H 'X-${index}-Token: abcdef${index}'`).join(' ')],
    ['user names', many(20_000, (index) => `-u ada:abcdefgh${index}`).join(' ')],
    ['cookies', `-b '${many(700, (index) => `a=abcdefghijkl${index}`).join(';')}'`],
    ['fields of JSON', `--json '[${many(4_000, (index) => `{"token":${index}}`).join()}]'`],
    ['shell variables', `-d "${many(4_096, (index) => `$${nameOf(index)} `).join('')}"`],
  ])('is refused in little time: %s', (_what, options) => {
    const began = performance.now()
    expect(refusalOfCurl(`curl https://a.test/x ${options}`)).toContain('at most 200 credentials and variables')
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  /** The same name, with other capital letters. */
  function nameOf(index: number): string {
    return many(12, (bit) => ((index >> bit) % 2 === 0 ? 'a' : 'A')).join('')
  }
})

describe('the content type', () => {
  const typeOf = (options: string) =>
    parametersOf(readCurl(`curl https://a.test/x ${options}`)).filter((line) => /content-type/i.test(line))

  it('stays without a body, and is the one of curl for text that is no form', () => {
    expect(typeOf(`-H 'Content-Type: application/json'`)).toEqual(['header Content-Type=application/json'])
    expect(typeOf(`-d 'hello world'`)).toEqual(['header Content-Type=application/x-www-form-urlencoded'])
    expect(typeOf(`-d 'a=1'`)).toEqual([])
  })
})
