import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { curlCommand, type LoggedRequest } from '@/lib/domain/preview/curl-command'
import { secretMask as mask } from '@/lib/domain/redaction'

const request = (given: Partial<LoggedRequest> = {}): LoggedRequest => ({
  ...{ method: 'GET', url: 'https://api.acme.example/orders', headers: [], body: null },
  ...given,
})

/** The arguments that a shell would pass to curl. */
function argumentsIn(command: string, variables: Record<string, string> = {}): string[] {
  const script = command.replace(/^curl /, `printf '%s\\0' `)
  const output = execFileSync('/bin/sh', ['-c', script], { env: { NODE_ENV: 'test', ...variables }, encoding: 'utf8' })
  return output.split('\0').slice(0, -1)
}

describe('a request as a curl command', () => {
  it('has the method, the URL, each header and the body on its own line', () => {
    const { command, variables } = curlCommand(
      request({
        method: 'POST',
        headers: [
          ['Content-Type', 'application/json'],
          ['X-Shop', 'UK'],
        ],
        body: '{"a":1}',
      }),
    )
    expect(command).toBe(
      [
        `curl --request POST 'https://api.acme.example/orders' \\`,
        `  --header 'Content-Type: application/json' \\`,
        `  --header 'X-Shop: UK' \\`,
        `  --data-raw '{"a":1}'`,
      ].join('\n'),
    )
    expect(variables).toEqual([])
  })

  it('omits headers that curl sets itself', () => {
    const own = ['Host', 'Content-Length', 'Connection', 'Transfer-Encoding'].map((name) => [name, 'x'] as const)
    expect(curlCommand(request({ headers: own })).command).toBe(`curl 'https://api.acme.example/orders'`)
    expect(curlCommand(request({ headers: [['Accept-Encoding', 'gzip, br']] })).command).toContain('--compressed')
    expect(curlCommand(request({ method: 'HEAD' })).command).toContain('curl --head ')
    expect(curlCommand(request({ method: 'PUT', body: 'x' })).command).toContain(`--header 'Content-Type:'`)
    expect(curlCommand(request({ headers: [['X-Empty', '']] })).command).toContain(`--header 'X-Empty;'`)
  })

  it('states the method if curl would use another one because of the body', () => {
    const body = '{"query":{}}'
    for (const method of ['GET', 'HEAD']) {
      const { command } = curlCommand(request({ method, body }))
      expect(argumentsIn(command).slice(0, 2)).toEqual(['--request', method])
      expect(command).not.toContain('--head ')
    }
  })

  it('prevents curl from changing the URL', () => {
    expect(curlCommand(request({ url: 'https://a.example/x?ids[]=1' })).command).toContain('--globoff')
    expect(curlCommand(request({ url: 'https://a.example/a/../b' })).command).toContain('--path-as-is')
    expect(curlCommand(request({ url: 'https://a.example/a..b' })).command).not.toContain('--path-as-is')
  })

  it.each([
    ['a bearer token', request({ headers: [['Authorization', `Bearer ${mask}`]] }), '"$TOKEN"', 'TOKEN'],
    ['basic credentials', request({ headers: [['Authorization', `Basic ${mask}`]] }), '"$CREDENTIALS"', 'CREDENTIALS'],
    ['a header', request({ headers: [['X-Acme-Key', mask]] }), `'X-Acme-Key: '"$X_ACME_KEY"`, 'X_ACME_KEY'],
    [
      'the query',
      request({ url: `https://a.example/?page=2&api_key=${mask}&x=1` }),
      `api_key='"$API_KEY"'&x=1'`,
      'API_KEY',
    ],
    ['the user of a URL', request({ url: `https://${mask}@a.example/` }), `"$CREDENTIALS"'@a`, 'CREDENTIALS'],
    [
      'JSON',
      request({ body: `{"clientSecret": "${mask}"}` }),
      `'{"clientSecret": "'"$CLIENT_SECRET"'"}'`,
      'CLIENT_SECRET',
    ],
    ['a form', request({ body: `user=a&password=${mask}` }), `'user=a&password='"$PASSWORD"`, 'PASSWORD'],
    ['XML', request({ body: `<token>${mask}</token>` }), `'<token>'"$TOKEN"'</token>'`, 'TOKEN'],
    ['a path', request({ url: `https://a.example/keys/${mask}/orders` }), `"$SECRET"`, 'SECRET'],
    ['a whole body', request({ method: 'POST', body: mask }), `--data-raw "$BODY"`, 'BODY'],
  ])('has a variable instead of a secret: %s', (_, given, text, variable) => {
    const { command, variables } = curlCommand(given)
    expect(command).toContain(text)
    expect(command).not.toContain('•')
    expect(variables).toEqual([variable])
  })

  it('has no variable that shells already use', () => {
    expect(curlCommand(request({ body: `{"pwd":"${mask}","user":"${mask}"}` })).variables).toEqual([
      'PWD_VALUE',
      'USER_VALUE',
    ])
  })

  it('lists each variable once', () => {
    const url = `https://a.example/?token=${mask}`
    expect(curlCommand(request({ url, headers: [['Authorization', `Bearer ${mask}`]] })).variables).toEqual(['TOKEN'])
  })

  it('escapes everything for the shell', () => {
    const hostile = `it's "$HOME" \`id\` $(id) \\ !x ; rm -rf / # \n second line %s é`
    const { command } = curlCommand(
      request({
        method: 'POST',
        url: `https://a.example/?q=${hostile.replaceAll('\n', '')}&password=${mask}`,
        headers: [
          ['X-Note', hostile.replaceAll('\n', '')],
          ['Content-Type', 'text/plain'],
        ],
        body: hostile,
      }),
    )
    expect(argumentsIn(command, { PASSWORD: `p'w"$x` })).toEqual([
      ...['--request', 'POST', `https://a.example/?q=${hostile.replaceAll('\n', '')}&password=p'w"$x`],
      ...['--header', `X-Note: ${hostile.replaceAll('\n', '')}`, '--header', 'Content-Type: text/plain'],
      ...['--data-raw', hostile],
    ])
  })
})
