import { expect, test } from 'vitest'
import { callbackParameters } from '@/lib/authorisations/callback-parameters'
import { isNavigation } from '@/lib/authorisations/is-navigation'
import { redirectUriFor, redirectUris } from '@/lib/platform/redirect-uris'
import { effectiveDefault } from '@/lib/variables/effective-default'
import { testDatabase } from '../../support/database'

await testDatabase()
Object.assign(process.env, {
  APP_URL: 'https://patchbay.example.com/',
  PATCHBAY_PUBLIC_URLS: 'https://staging.example.com, http://localhost:3000 https://patchbay.example.com',
})

test('there is one redirect URI per public address, the main one first', () => {
  expect(redirectUris()).toEqual([
    'https://patchbay.example.com/oauth/authenticate',
    'https://staging.example.com/oauth/authenticate',
    'http://localhost:3000/oauth/authenticate',
  ])
})

test('an authorisation uses the address where it is started', () => {
  expect(redirectUriFor('Staging.example.com')).toEqual({
    redirectUri: 'https://staging.example.com/oauth/authenticate',
    configured: true,
  })
  expect(redirectUriFor('localhost:3000')).toMatchObject({ redirectUri: 'http://localhost:3000/oauth/authenticate' })
})

test('an address that is not configured uses the main one, and is recognised', () => {
  for (const host of ['evil.test', 'localhost:3001', '', 'patchbay.example.com.evil.test']) {
    expect(redirectUriFor(host)).toEqual({
      redirectUri: 'https://patchbay.example.com/oauth/authenticate',
      configured: false,
    })
  }
})

test('only the arrival of a person consumes a state', () => {
  const headers = (given: Record<string, string>) => new Headers(given)
  expect(isNavigation(headers({ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }))).toBe(true)
  expect(isNavigation(headers({}))).toBe(true)
  expect(
    isNavigation(
      headers({ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch;prerender' }),
    ),
  ).toBe(false)
  expect(isNavigation(headers({ 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }))).toBe(false)
  expect(isNavigation(headers({ 'sec-fetch-mode': 'cors' }))).toBe(false)
  expect(isNavigation(headers({ 'sec-fetch-dest': 'iframe' }))).toBe(false)
})

test('a parameter that is repeated in the callback stays repeated', () => {
  expect(callbackParameters({ state: ['a', 'b'], code: 'c', none: undefined }).toString()).toBe(
    'state=a&state=b&code=c',
  )
})

test('the callback variable of an authorisation code shows this installation’s address until it has a default', () => {
  const key = 'dashboard_oauth_callback_url'
  const ours = 'https://patchbay.example.com/oauth/authenticate'
  expect(effectiveDefault({ key, defaultValue: '' }, 'oauth2_authorization_code')).toBe(ours)
  const staging = 'https://staging.example.com/oauth/authenticate'
  expect(effectiveDefault({ key, defaultValue: staging }, 'oauth2_authorization_code')).toBe(staging)
  expect(effectiveDefault({ key, defaultValue: '' }, 'token')).toBe('')
  expect(effectiveDefault({ key: 'scope', defaultValue: '' }, 'oauth2_authorization_code')).toBe('')
})
