import { describe, expect, it } from 'vitest'
import { redirectUriLabel } from '@/lib/domain/oauth2/redirect-uri-label'

describe('The label of a redirect URI', () => {
  it.each([
    ['https://patchbay.example.com', 0, 'Production'],
    ['https://eu.example.com', 1, 'eu.example.com'],
    ['https://staging.example.com', 0, 'Staging'],
    ['https://patchbay-staging.example.com', 1, 'Staging'],
    ['https://patchbay.test.example.com', 1, 'Staging'],
    ['https://dev2.example.com:8443', 1, 'Staging'],
    ['https://latest.example.com', 1, 'latest.example.com'],
    ['https://devices.example.com', 0, 'Production'],
    ['http://localhost:3000', 0, 'localhost:3000'],
    ['http://127.0.0.1:3000', 1, '127.0.0.1:3000'],
  ])('for %s at position %i is %s', (url, index, label) => {
    expect(redirectUriLabel(`${url}/oauth/authenticate`, index)).toBe(label)
  })
})
