import { describe, expect, it } from 'vitest'
import { complete, completionAt, templateTokens, unknownVariables } from '@/components/forms/template-tokens'

const known = (key: string) => ['account', 'token'].includes(key)

describe('the template editor', () => {
  it.each(['', 'plain', 'https://{{ account }}.x/{{token|downcase}}?a={{ nope }}&b=[[meta.x]]', '{{ unclosed', '}} {{}} {{ "a" | upcase }}', '{{ a\nb }}'])(
    'the coloured parts joined are the template: %s',
    (template) => {
      expect(templateTokens(template, known).map((token) => token.text).join('')).toBe(template)
    },
  )

  it('names each unknown variable once and no filter, literal or flow value', () => {
    expect(unknownVariables('{{ nope }}{{ account | base64_encode }}{{nope}}{{ "x" | upcase }}[[payload.id]]{{ other.path }}', known)).toEqual(['nope', 'other'])
  })

  it.each([
    ['{{', 'variable', ''],
    ['a {{ acc', 'variable', 'acc'],
    ['{{ account | do', 'filter', 'do'],
    ['{{ account |', 'filter', ''],
  ])('completes after %s', (before, kind, prefix) => {
    expect(completionAt(before, before.length)).toMatchObject({ kind, prefix })
  })

  it.each(['acc', '{{ account }}', '{{ account }} x', '{ acc', '{{ account '])('completes nothing after %s', (before) => {
    expect(completionAt(before, before.length)).toBeNull()
  })

  it.each([
    ['{{|', '{{ account }}'],
    ['{{ ac|', '{{ account }}'],
    ['{{ac|}} rest', '{{ account }} rest'],
    ['{{ ac|count }}', '{{ account }}'],
    ['{{ a| | downcase }}', '{{ account | downcase }}'],
  ])('a choice in %s gives %s', (given, expected) => {
    const caret = given.indexOf('|')
    const template = given.replace('|', '')
    expect(complete(template, caret, completionAt(template, caret)!, 'account').template).toBe(expected)
  })
})
