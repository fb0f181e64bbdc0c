import { describe, expect, it } from 'vitest'
import { choicesFor } from '@/components/forms/template-choices'
import { complete, completionAt, templateTokens, unknownWords } from '@/components/forms/template-tokens'
import { filterNames, isFilterName } from '@/lib/domain/templates/filters'
import { reservedNames } from '@/lib/domain/templates/template'
import { exampleOf } from '@/lib/platform/forms/template-samples'
import { reservedNameDescriptions } from '@/lib/platform/forms/reserved-name-words'
import { templateFilters } from '@/lib/platform/forms/template-filters'

const words = { isVariable: (key: string) => ['account', 'token', 'step1.shop'].includes(key), isFilter: isFilterName }
const variables = [{ key: 'account', label: 'Account' }, { key: 'token', secret: true }, { key: 'step1.shop' }]

describe('the template editor', () => {
  it.each([
    '',
    'plain',
    'https://{{ account }}.x/{{token|downcase}}?a={{ nope }}&b=[[meta.x]]',
    '{{ unclosed',
    '}} {{}} {{ "a" | upcase }}',
    '{{ a\nb }}',
    '{{ a | replace: "b \\" c", \'d\', e | hmac_sha256: key,"hex" }}',
    '{{ | : , || "open }}',
  ])('the coloured parts together are the template: %s', (template) => {
    expect(
      templateTokens(template, words)
        .map((token) => token.text)
        .join(''),
    ).toBe(template)
  })

  it('distinguishes names, filters, text in quotes and unknown names', () => {
    const kinds = templateTokens('{{ account | append: "token", token, nope | upcas }}[[payload.id]]', words)
      .filter(({ kind }) => kind !== 'mark')
      .map(({ text, kind }) => [text, kind])
    expect(kinds).toEqual([
      ['account', 'known'],
      ['append', 'filter'],
      ['"token"', 'literal'],
      ['token', 'known'],
      ['nope', 'unknown'],
      ['upcas', 'unknown-filter'],
      ['[[payload.id]]', 'flow'],
    ])
    for (const value of ["[[payload['order id'].lines[0].sku]]", '[[run.as_of]]'])
      expect(templateTokens(`a ${value}`, words)[1]).toEqual({ text: value, kind: 'flow' })
  })

  it('names each unknown variable and filter once, and no literal or flow value', () => {
    expect(
      unknownWords(
        '{{ nope }}{{ account | base64_encode }}{{nope}}{{ "x" | upcase }}[[payload.id]]{{ other.path | nope }}{{ step1.shop | append: gone, "text" }}',
        words,
      ),
    ).toEqual({
      variables: ['nope', 'other.path', 'gone'],
      filters: ['nope'],
    })
  })

  it.each([
    ['{{', 'variable', ''],
    ['a {{ acc', 'variable', 'acc'],
    ['{{ step1.sh', 'variable', 'step1.sh'],
    ['{{ account | do', 'filter', 'do'],
    ['{{ account |', 'filter', ''],
    ['{{ account | hmac_sha256:', 'argument', ''],
    ['{{ account | hmac_sha256: to', 'argument', 'to'],
    ['{{ account | replace: "a, b", ', 'argument', ''],
  ])('completes after %s', (before, kind, prefix) => {
    expect(completionAt(before, before.length)).toMatchObject({ kind, prefix })
  })

  it.each([
    'acc',
    '{{ account }}',
    '{{ account }} x',
    '{ acc',
    '{{ account ',
    '{{ a | append: "acc',
    '{{ a | append: "x" ',
    '{{ a | upcase ac',
  ])('completes nothing after %s', (before) => {
    expect(completionAt(before, before.length)).toBeNull()
  })

  it.each([
    ['{{~', '{{ account }}'],
    ['{{ ac~', '{{ account }}'],
    ['{{ac~}} rest', '{{ account }} rest'],
    ['{{ ac~count }}', '{{ account }}'],
    ['{{ a~.b }}', '{{ account }}'],
    ['{{ a~ | downcase }}', '{{ account | downcase }}'],
    ['{{ token | append: ~ }}', '{{ token | append: account }}'],
  ])('choosing a completion in %s gives %s', (given, expected) => {
    const caret = given.indexOf('~')
    const template = given.replace('~', '')
    expect(complete(template, caret, completionAt(template, caret)!, 'account').template).toBe(expected)
  })
})

describe('what the editor offers', () => {
  const offered = (before: string) =>
    choicesFor(completionAt(before, before.length)!, variables, templateFilters).map(({ value }) => value)

  it('is every filter after a pipe, with its description and arguments', () => {
    expect(offered('{{ account | ')).toEqual(filterNames)
    const [choice] = choicesFor(completionAt('{{ account | hmac_sha25', 23)!, variables, templateFilters)
    expect(choice).toMatchObject({
      value: 'hmac_sha256',
      insert: 'hmac_sha256: ',
      label: expect.stringContaining('HMAC'),
      usage: expect.stringContaining('key'),
    })
  })

  it('is the possible arguments of a filter: fixed choices or variables', () => {
    expect(offered('{{ account | sha256: ')).toEqual(['"hex"', '"base64"', '"base64url"'])
    expect(offered('{{ account | hmac_sha256: ')).toEqual(['account', 'token', 'step1.shop'])
    expect(offered('{{ account | hmac_sha256: token, b')).toEqual(['"base64"', '"base64url"'])
    expect(offered('{{ account | upcase: ')).toEqual([])
  })

  it('is variables with a matching key or label, first those that start with the text', () => {
    expect(offered('{{ s')).toEqual(['step1.shop'])
    expect(offered('{{ o')).toEqual(['account', 'token', 'step1.shop'])
  })
})

describe('“Filters and names”', () => {
  it.each(templateFilters.map((filter) => [filter.name, filter] as const))(
    'shows the result of the example of %s',
    (_name, filter) => {
      const { given, result } = exampleOf(filter)
      expect(given.length).toBeGreaterThan(0)
      if (filter.group === 'Signature') expect(result).toBeNull()
      else expect(result).not.toBe('')
    },
  )

  it('computes the results', () => {
    const resultOf = (name: string) => exampleOf(templateFilters.find((filter) => filter.name === name)!).result
    expect(resultOf('split')).toBe('us6')
    expect(resultOf('default')).toBe('eu')
    expect(resultOf('sha1')).toBe('aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d')
  })

  // Shows C56.
  it('explains every reserved name', () => {
    expect(reservedNameDescriptions.map(({ name }) => name).sort()).toEqual([...reservedNames].sort())
  })
})
