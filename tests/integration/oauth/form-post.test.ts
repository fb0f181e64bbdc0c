import { NextRequest } from 'next/server'
import { describe, expect, test } from 'vitest'
import { POST } from '@/app/oauth/authenticate/form-post/route'
import { testDatabase } from '@/tests/support/database'

await testDatabase()
const { proxy } = await import('@/proxy')

const address = 'http://localhost:3000/oauth/authenticate'
const form = 'application/x-www-form-urlencoded'

function arriving(body: string, headers: Record<string, string> = {}) {
  return new NextRequest(address, { method: 'POST', body, headers: { 'content-type': form, ...headers } })
}

describe('a callback that comes as a form (response_mode=form_post)', () => {
  test('asks the browser to come again by GET with every parameter, so that its cookies come along', async () => {
    const answer = await POST(arriving('state=a%2Bb&code=c%26d&scope=one+two&user=%7B%22name%22%3A%22Zo%C3%AB%22%7D'))
    expect(answer.status).toBe(303)
    const target = new URL(answer.headers.get('location')!, address)
    expect(target.pathname).toBe('/oauth/authenticate')
    expect([...target.searchParams]).toEqual([['state', 'a+b'], ['code', 'c&d'], ['scope', 'one two'], ['user', '{"name":"Zoë"}']])
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  test('keeps a repeated parameter repeated: that is an error to tell', async () => {
    const answer = await POST(arriving('state=a&state=b'))
    expect(answer.headers.get('location')).toBe('/oauth/authenticate?state=a&state=b')
  })

  test('goes nowhere else, whatever it says', async () => {
    const answer = await POST(arriving('//evil.example/?x=1'))
    expect(new URL(answer.headers.get('location')!, address).origin).toBe('http://localhost:3000')
  })

  test('that is too large is not passed on', async () => {
    const answer = await POST(arriving(`state=a&code=${'x'.repeat(20_000)}`))
    expect(answer.status).toBe(413)
    expect(answer.headers.get('location')).toBeNull()
  })

  test('is led from the redirect URI to what answers it; our own actions are not', () => {
    const rewritten = (request: NextRequest) => proxy(request).headers.get('x-middleware-rewrite')
    expect(rewritten(arriving('state=a'))).toBe(`${address}/form-post`)
    expect(rewritten(arriving('state=a', { 'next-action': 'abc' }))).toBeNull()
    expect(rewritten(arriving('', { 'content-type': 'multipart/form-data; boundary=x' }))).toBeNull()
    expect(rewritten(new NextRequest(`${address}?state=a`))).toBeNull()
    expect(rewritten(new NextRequest('http://localhost:3000/login', { method: 'POST', body: 'a=b', headers: { 'content-type': form } }))).toBeNull()
  })
})
