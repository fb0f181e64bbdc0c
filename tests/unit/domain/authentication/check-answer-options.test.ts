import { describe, expect, it } from 'vitest'
import { checkAnswerOptions, checkAnswerRules } from '@/lib/domain/authentication/check-answer-options'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { refusalOf } from '@/tests/support/definition-builders'

const keep = (path: string, expiryPath = '') => ({ variable: 'x', path, secret: false, expiryPath })

describe('Where a method looks for what in answers', () => {
  it.each([
    [{ tokenPath: '$.' }, 'options.tokenPath'],
    [{ tokenPath: '{{ token' }, 'options.tokenPath'],
    [{ refreshTokenPath: 'step9:x' }, 'options.refreshTokenPath'],
    [{ expiryPath: 'header:' }, 'options.expiryPath'],
    [{ kept: [keep('a'), keep('$[?')] }, 'options.kept.1.path'],
    [{ kept: [keep('a', 'text:x')] }, 'options.kept.0.expiryPath'],
    [{ expiredBody: { path: 'a b', value: '' } }, 'options.expiredBody.path'],
    [{ expiryUnit: 'pattern', expiryPattern: '' }, 'options.expiryPattern'],
    [{ expiryUnit: 'pattern', expiryPattern: 'some day' }, 'options.expiryPattern'],
  ] as const)('%j is refused at %s', (options, field) => {
    expect(refusalOf(checkAnswerOptions(options as never))).toMatchObject({ field, message: expect.any(String) })
  })

  it('is right in every type as it comes, and where a pattern is not asked for', () => {
    for (const { defaultOptions } of Object.values(authenticationTypeDefinitions)) expect(checkAnswerOptions(defaultOptions).ok).toBe(true)
    expect(checkAnswerOptions({ expiryUnit: 'iso', expiryPattern: 'some day' }).ok).toBe(true)
    expect(checkAnswerOptions({ expiryUnit: 'pattern', expiryPattern: 'YYYY-MM-DD HH:mm:ss' }).ok).toBe(true)
    expect(checkAnswerOptions({}).ok).toBe(true)
  })
})

describe('What an answer is judged by', () => {
  it.each([
    [{ successRule: { jsonPath: '$.' }, extract: null }, 'phases.verify.successRule.jsonPath'],
    [{ successRule: { rejectedPath: '$[' }, extract: null }, 'phases.verify.successRule.rejectedPath'],
    [{ successRule: null, extract: [{ variable: 'x', path: 'cookie:', secret: false }] }, 'phases.verify.extract.0.path'],
  ])('%j is refused at %s', (phase, field) => {
    expect(refusalOf(checkAnswerRules(phase, 'phases.verify')).field).toBe(field)
  })

  it('may be nothing', () => {
    expect(checkAnswerRules({ successRule: null, extract: null }, 'phases.verify').ok).toBe(true)
    expect(checkAnswerRules({ successRule: { jsonPath: '', rejectedPath: '$.error' }, extract: [] }, 'phases.verify').ok).toBe(true)
  })
})
