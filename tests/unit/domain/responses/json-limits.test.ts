import { describe, expect, it } from 'vitest'
import { jsonOf, reasonOf, structureOf } from '@/lib/domain/responses/response'
import { findAllInResponse } from '@/lib/domain/responses/response-source'
import { deepestJson, jsonProblem, mostJsonValues, parseJson } from '@/lib/domain/responses/json-limits'
import { judgeTestRequest } from '@/lib/domain/responses/verification'
import { SecretBook } from '@/lib/domain/secret-book'

const nested = (levels: number, [open, close]: [string, string] = ['[', ']']) =>
  open.repeat(levels) + close.repeat(levels)
const answer = (text: string, status = 200) => ({ status, headers: [], body: new TextEncoder().encode(text) })

describe('the limits of JSON are checked before it is parsed', () => {
  it('the deepest level is accepted, and the next one refused', () => {
    expect(jsonProblem(nested(deepestJson))).toBe(null)
    expect(parseJson(nested(deepestJson))).toBeDefined()
    expect(jsonProblem(nested(deepestJson + 1))).toBe('too_deep')
    expect(parseJson(nested(deepestJson + 1))).toBe(undefined)
  })

  it('objects count as levels, but not after they are closed', () => {
    expect(jsonProblem(`[${'{"a":[]},'.repeat(1_000)}0]`)).toBe(null)
    expect(jsonProblem(`${'{"a":['.repeat(200)}${']}'.repeat(200)}`)).toBe('too_deep')
  })

  it('the maximum number of values is accepted, and one more refused', () => {
    expect(jsonProblem(`[${'0,'.repeat(mostJsonValues - 1)}0]`)).toBe(null)
    expect(jsonProblem(`[${'0,'.repeat(mostJsonValues)}0]`)).toBe('too_many_values')
  })

  it.each([
    ['in a text', JSON.stringify(['['.repeat(1_000)])],
    ['after an escaped quote', JSON.stringify([`"${'['.repeat(1_000)}`])],
    ['after an escaped backslash', `["\\\\",${JSON.stringify('{'.repeat(1_000))}]`],
    ['in an unterminated text', `["${'['.repeat(1_000)}`],
    ['in text that is not JSON', '<a>' + '['.repeat(1_000)],
  ])('brackets %s are not levels', (_where, text) => {
    expect(jsonProblem(text)).toBe(null)
  })

  it('whitespace before the JSON is ignored', () => {
    expect(jsonProblem(` \n\t${nested(1_000)}`)).toBe('too_deep')
  })
})

describe('a small, deeply nested response does not overflow the stack', () => {
  const deep = nested(32_000)
  const deepObject = `{"error":${nested(30_000)}}`

  it.each([
    ['as JSON', () => jsonOf(answer(deep))],
    ['in any format', () => structureOf(answer(deep))],
    ['by a path', () => findAllInResponse(answer(deep), '$..x')[0]],
    ['by a name', () => findAllInResponse(answer(deepObject), 'error')[0]],
    ['as XML', () => structureOf(answer('<a>'.repeat(8_000) + '</a>'.repeat(8_000)))],
  ])('%s', (_how, read) => {
    expect(read()).toBe(undefined)
  })

  it('its shortened text is quoted as the reason', () => {
    expect(reasonOf(answer(deepObject, 400), new SecretBook())).toMatch(/^\{"error":\[+$/)
  })

  it('a rule for its body reports that it could not be read', () => {
    const judged = judgeTestRequest({ jsonPath: '$.id' }, answer(deep), new SecretBook())
    expect(judged).toMatchObject({ outcome: 'could_not_tell' })
    expect(judged.message).toContain('the response is nested too deeply to be read (more than 256 levels)')
  })
})
