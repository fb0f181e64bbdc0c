import { describe, expect, it } from 'vitest'
import { parametersOfPhase, renderLevels, renderParameters } from '@/lib/domain/content/parameters'
import { isSameKey } from '@/lib/domain/content/parameter-keys'
import { aParameter, aScope, codeOf, controlValues, hostileValues, valueOf } from '@/tests/support/definition-builders'

const pairs = (
  parameters: Parameters<typeof renderParameters>[0],
  values: Parameters<typeof aScope>[0] = {},
  filters: Record<string, string> = {},
  context = {},
) => renderParameters(parameters, 'url', { scope: aScope(values), context, filters: new Map(Object.entries(filters)) })
const plain = (...given: Parameters<typeof pairs>) => valueOf(pairs(...given)).map(({ key, value }) => [key, value])

describe('A required parameter', () => {
  it('is always sent, with its key exactly as written', () => {
    expect(plain([aParameter('Filter[Status]', 'open'), aParameter('empty', '')])).toEqual([
      ['Filter[Status]', 'open'],
      ['empty', ''],
    ])
  })

  it('cannot be changed by a filter', () => {
    expect(plain([aParameter('status', 'open')], {}, { 'parameter-status': 'closed' })).toEqual([['status', 'open']])
  })

  it('is an error if a variable is unknown, or required and without a value', () => {
    expect(codeOf(pairs([aParameter('a', '{{ x }}')], { x: { required: true } }))).toBe('missing_value')
    expect(codeOf(pairs([aParameter('a', '{{ x }}')]))).toBe('unknown_variable')
  })

  it('is omitted if its template uses an optional variable without a value', () => {
    expect(plain([aParameter('a', 'x-{{ x }}'), aParameter('b', '1')], { x: '' })).toEqual([['b', '1']])
  })
})

describe('An optional parameter, a filter of the shape', () => {
  const limit = aParameter('limit', '50', { required: false })
  const status = aParameter('status', '', { required: false })

  it('has the value of the shape, otherwise that of its template, otherwise it is omitted', () => {
    expect(plain([limit, status], {}, { 'parameter-limit': '10' })).toEqual([['limit', '10']])
    expect(plain([limit, status])).toEqual([['limit', '50']])
    expect(plain([limit, status], {}, { 'parameter-status': 'open' })).toEqual([
      ['limit', '50'],
      ['status', 'open'],
    ])
  })

  it.each(hostileValues.filter((value) => !value.startsWith('[[')))('treats the typed value as data: %j', (value) => {
    expect(plain([status], { secret: 'stolen' }, { 'parameter-status': value })).toEqual([['status', value]])
  })

  it('can contain values of the flow', () => {
    expect(plain([status], {}, { 'parameter-status': '[[payload.s]]!' }, { flow: () => 'open' })).toEqual([
      ['status', 'open!'],
    ])
    expect(codeOf(pairs([status], {}, { 'parameter-status': '[[payload.s]]' }))).toBe('missing_value')
  })
})

describe('Parameters of one location', () => {
  it('do not include those of other locations', () => {
    const parameters = [
      aParameter('a', '1'),
      aParameter('b', '2', { place: 'header' }),
      aParameter('c', '3', { place: 'body' }),
    ]
    const keys = (place: 'url' | 'header' | 'body') =>
      valueOf(renderParameters(parameters, place, { scope: aScope({}), context: {} })).map(({ key }) => key)
    expect([keys('url'), keys('header'), keys('body')]).toEqual([['a'], ['b'], ['c']])
  })

  it.each(controlValues.filter((value) => !value.includes('\u0085')))(
    'a header can never start another one: %j',
    (value) => {
      const header = aParameter('X-Shop', '{{ x }}', { place: 'header' })
      expect(codeOf(renderParameters([header], 'header', { scope: aScope({ x: value }), context: {} }))).toBe(
        'invalid_header',
      )
    },
  )

  it('a header with an invalid name is refused', () => {
    const header = aParameter('X Shop', 'x', { place: 'header' })
    expect(codeOf(renderParameters([header], 'header', { scope: aScope({}), context: {} }))).toBe('invalid_header')
  })

  it('are marked if they contain secrets', () => {
    const rendered = valueOf(
      pairs([aParameter('a', '{{ s }}'), aParameter('b', '{{ p }}')], { s: { value: 'x', secrecy: 'whole' }, p: 'y' }),
    )
    expect(rendered.map(({ secrecy }) => secrecy)).toEqual(['whole', 'none'])
  })
})

// Shows C17.
describe('parametersOfPhase', () => {
  it('returns only parameters that are sent with the request of that phase (DATA §4)', () => {
    const parameters = [
      aParameter('a', '', { phases: ['exchange', 'refresh'] }),
      aParameter('b', '', { phases: ['endpoint'] }),
      aParameter('c', ''),
    ]
    expect(parametersOfPhase(parameters, 'endpoint').map(({ key }) => key)).toEqual(['b'])
    expect(parametersOfPhase(parameters, 'refresh').map(({ key }) => key)).toEqual(['a'])
  })
})

describe('Parameters of a connector, a method and an endpoint', () => {
  const header = { place: 'header' as const }
  const sent = (levels: Partial<Parameters<typeof renderLevels>[0]>, given: string[] = [], place = 'header' as const) =>
    valueOf(
      renderLevels(
        { connector: [], method: [], endpoint: [], ...levels },
        place,
        { scope: aScope({ unset: '', needed: { required: true } }), context: {} },
        given,
      ),
    ).map(({ key, value }) => [key, value])

  it('are sent together, in this order', () => {
    const connector = [aParameter('X-Version', '1', header)]
    const method = [aParameter('X-Method', 'm', header)]
    const endpoint = [aParameter('X-Endpoint', 'e', header)]
    expect(sent({ connector, method, endpoint })).toEqual([
      ['X-Version', '1'],
      ['X-Method', 'm'],
      ['X-Endpoint', 'e'],
    ])
  })

  it('replace those of an earlier owner with the same key, ignoring case for headers', () => {
    const connector = [aParameter('x-version', '1', header)]
    const method = [aParameter('X-Version', '2', header)]
    const endpoint = [aParameter('X-VERSION', '3', header)]
    expect(sent({ connector, method })).toEqual([['X-Version', '2']])
    expect(sent({ connector, method, endpoint })).toEqual([['X-VERSION', '3']])
    expect(sent({ connector, endpoint })).toEqual([['X-VERSION', '3']])
  })

  it('do not replace the same key in another location, or a URL key in another case', () => {
    expect(isSameKey('header', 'X-A', 'x-a')).toBe(true)
    expect(isSameKey('url', 'A', 'a')).toBe(false)
    const connector = [aParameter('v', '1'), aParameter('V', '2'), aParameter('v', '3', header)]
    const endpoint = [aParameter('v', '4')]
    const input = { scope: aScope({}), context: {} }
    const query = valueOf(renderLevels({ connector, method: [], endpoint }, 'url', input))
    expect(query.map(({ key, value }) => key + value)).toEqual(['V2', 'v4'])
  })

  it('are repeated if one owner lists them several times', () => {
    const input = { scope: aScope({}), context: {} }
    const endpoint = [aParameter('expand', 'a'), aParameter('expand', 'b')]
    const query = valueOf(renderLevels({ connector: [aParameter('expand', 'c')], method: [], endpoint }, 'url', input))
    expect(query.map(({ value }) => value)).toEqual(['a', 'b'])
  })

  it('replace nothing when omitted, and are not rendered when replaced', () => {
    const endpoint = [aParameter('X-Version', '{{ unset }}', header)]
    expect(sent({ connector: [aParameter('X-Version', '1', header)], endpoint })).toEqual([['X-Version', '1']])
    const missing = [aParameter('X-Shop', '{{ needed }}', header)]
    expect(sent({ connector: missing, endpoint: [aParameter('x-shop', 'a', header)] })).toEqual([['x-shop', 'a']])
  })

  it('of a connector are replaced by credentials with the same key', () => {
    const connector = [aParameter('authorization', 'x', header), aParameter('X-Version', '1', header)]
    expect(sent({ connector }, ['Authorization'])).toEqual([['X-Version', '1']])
    expect(sent({ method: connector }, ['Authorization'])).toHaveLength(2)
  })
})

describe('A cookie', () => {
  const cookie = (key: string, value: string) => aParameter(key, value, { place: 'cookie' })
  const sent = (key: string, value: string, values = {}) =>
    renderParameters([cookie(key, value)], 'cookie', { scope: aScope(values), context: {} })

  it('has an encoded value, so that no value can start another cookie', () => {
    expect(valueOf(sent('shop', '{{ shop }}', { shop: 'a; admin=1' }))).toMatchObject([
      { key: 'shop', value: 'a%3B%20admin=1' },
    ])
  })

  it('is refused with an invalid name', () => {
    expect(codeOf(sent('a b', '1'))).toBe('invalid_header')
  })
})
