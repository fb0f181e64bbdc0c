import { NextRequest } from 'next/server'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '@/tests/support/database'

await testDatabase()
const { proxy } = await import('../../../proxy')

const address = 'http://localhost:3000/oauth/authenticate'
const form = 'application/x-www-form-urlencoded'

const arriving = (body: string, headers: Record<string, string> = {}) =>
  new NextRequest(address, { method: 'POST', body, headers: { 'content-type': form, ...headers } })

/** Where the page redirects, and where its link leads. */
async function addressesIn(answer: Response) {
  const unescaped = (text = '') =>
    text
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  const page = await answer.text()
  return [unescaped(/content="0;url=([^"]*)"/.exec(page)?.[1]), unescaped(/<a href="([^"]*)"/.exec(page)?.[1])]
}

describe('a callback that is sent as a form (response_mode=form_post)', () => {
  test('sends the browser to the same URL by GET with every parameter, so that its cookies are sent', async () => {
    const answer = await proxy(arriving('state=a%2Bb&code=c%26d&scope=one+two&user=%7B%22name%22%3A%22Zo%C3%AB%22%7D'))
    expect(answer.status).toBe(200)
    const [itself, link] = await addressesIn(answer)
    expect(link).toBe(itself)
    const target = new URL(itself!, address)
    expect(target.pathname).toBe('/oauth/authenticate')
    expect([...target.searchParams]).toEqual([
      ['state', 'a+b'],
      ['code', 'c&d'],
      ['scope', 'one two'],
      ['user', '{"name":"Zoë"}'],
    ])
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
    })
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  test('passes on a repeated parameter, which is an error to report', async () => {
    expect((await addressesIn(await proxy(arriving('state=a&state=b'))))[0]).toBe('/oauth/authenticate?state=a&state=b')
  })

  test.each(['//evil.example/?x=1', 'a="><script>alert(1)</script>', "a=';url=https://evil.example"])(
    'leads nowhere else and injects no markup: %s',
    async (body) => {
      const answer = await proxy(arriving(body))
      const page = await answer.clone().text()
      expect(page).not.toContain('<script')
      for (const target of await addressesIn(answer))
        expect(new URL(target!, address)).toMatchObject({
          origin: 'http://localhost:3000',
          pathname: '/oauth/authenticate',
        })
    },
  )

  test('that is too large is not passed on', async () => {
    const answer = await proxy(arriving(`state=a&code=${'x'.repeat(20_000)}`))
    expect(answer.status).toBe(413)
    expect(await answer.text()).not.toContain('xxx')
  })

  test('is distinguished from our own actions, from forms for other pages, and from page requests', async () => {
    const passedOn = async (request: NextRequest) => (await proxy(request)).headers.get('x-middleware-next') === '1'
    expect(await passedOn(arriving('state=a'))).toBe(false)
    expect(await passedOn(arriving('state=a', { 'next-action': 'abc' }))).toBe(true)
    expect(await passedOn(arriving('', { 'content-type': 'multipart/form-data; boundary=x' }))).toBe(true)
    expect(await passedOn(new NextRequest(`${address}?state=a`))).toBe(true)
    expect(
      await passedOn(
        new NextRequest('http://localhost:3000/login', {
          method: 'POST',
          body: 'a=b',
          headers: { 'content-type': form },
        }),
      ),
    ).toBe(true)
  })
})
