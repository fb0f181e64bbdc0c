import { expect, test } from 'vitest'
import { originsMessage, savedMessage } from '@/lib/platform/forms/saved-message'

test('requests to a new origin wait for an administrator', () => {
  expect(originsMessage(['https://api.acme.test'])).toBe(
    'Nothing is sent to https://api.acme.test until an administrator confirms it.',
  )
  expect(originsMessage(['https://a.test', 'https://b.test'])).toBe(
    'Nothing is sent to https://a.test, https://b.test until an administrator confirms them.',
  )
})

test('the message after saving names the problems first', () => {
  expect(savedMessage({ pendingOrigins: ['https://a.test'], unknownVariables: ['shop'] })).toBe(
    'Saved with 1 problem: unknown variable shop. Nothing is sent to https://a.test until an administrator confirms it.',
  )
  expect(savedMessage({ pendingOrigins: [] })).toBe('Saved. Applies to all instances.')
})
