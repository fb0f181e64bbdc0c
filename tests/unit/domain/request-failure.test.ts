import { describe, expect, it } from 'vitest'
import { failurePhrase, failureSentence, type RequestEnd } from '@/lib/domain/request-failure'

const end = (given: Partial<RequestEnd>): RequestEnd => ({
  ...{ outcome: 'refused', status: 401, errorCode: null, errorMessage: null },
  ...given,
})

describe('why a request failed', () => {
  it('is null for a successful request', () => {
    expect(failurePhrase(end({ outcome: 'succeeded', status: 200 }))).toBeNull()
    expect(failureSentence(end({ outcome: 'succeeded', status: 200 }))).toBeNull()
  })

  it('is the message in the response, as a quotation', () => {
    const line = end({ errorMessage: 'Invalid API key' })
    expect(failurePhrase(line)).toBe('“Invalid API key”')
    expect(failureSentence(line)).toBe(
      '401 Unauthorized. The API did not accept the credentials. It says: “Invalid API key.”',
    )
  })

  it('is the meaning of the status if the response has no message', () => {
    expect(failurePhrase(end({}))).toBe('The API did not accept the credentials.')
    expect(failurePhrase(end({ status: 418 }))).toBe('The API refused the request.')
    expect(failurePhrase(end({ outcome: 'failed', status: 599 }))).toBe('The API could not handle the request.')
    expect(failureSentence(end({ status: 418 }))).toBe('418. The API refused the request.')
  })

  it('is our own sentence, without quotation marks, if there was no response', () => {
    const message = 'api.acme.example could not be found.'
    const line = end({ outcome: 'failed', status: null, errorCode: 'dns_failed', errorMessage: message })
    expect(failurePhrase(line)).toBe(message)
    expect(failureSentence(line)).toBe(message)
    expect(failurePhrase(end({ outcome: 'failed', status: null }))).toBe('The API sent no response.')
  })

  it('is shortened after a word in a list, and complete on the page of the request', () => {
    const long = 'The quota of this account is used up '.repeat(12).trim()
    const phrase = failurePhrase(end({ errorMessage: long }))!
    expect(phrase.length).toBeLessThanOrEqual(143)
    expect(phrase).toMatch(/^“The quota .* (up|is|this|used|account|quota|The|of)…”$/)
    expect(failureSentence(end({ errorMessage: long }))).toContain(long)
    expect(failurePhrase(end({ errorMessage: 'x'.repeat(500) }))!.length).toBeLessThanOrEqual(143)
  })
})
