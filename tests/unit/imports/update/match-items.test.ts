import { describe, expect, test } from 'vitest'
import { matchItems, type Recognised } from '@/lib/imports/update/match-items'

const operation = (id: string, key: string, place: string): Recognised => {
  const [httpMethod = '', url = ''] = place.split(' ')
  return { id, key, httpMethod, url, name: key, tag: '' }
}
const method = (id: string, key: string, tag: string, name = key): Recognised => ({
  ...{ id, key, name, tag, httpMethod: '', url: '' },
})
const matched = (...given: Parameters<typeof matchItems>) =>
  [...matchItems(...given)].map(([id, earlier]) => `${id}=${earlier.id}`)

describe('An operation', () => {
  test('is found by its ID, wherever it is now', () => {
    expect(matched('endpoint', [operation('n', 'list', 'GET /v2')], [operation('b', 'list', 'GET /v1')])).toEqual([
      'n=b',
    ])
  })

  test('is found by method and URL if its ID was renamed', () => {
    expect(matched('endpoint', [operation('n', 'all', 'GET /v1')], [operation('b', 'list', 'GET /v1')])).toEqual([
      'n=b',
    ])
  })

  test('is found by its ID rather than by the place of another one', () => {
    const before = [operation('b1', 'list', 'GET /a'), operation('b2', 'old', 'GET /b')]
    const now = [operation('n1', 'new', 'GET /a'), operation('n2', 'list', 'GET /b')]
    expect(matched('endpoint', now, before)).toEqual(['n2=b1'])
  })

  test('is never found twice', () => {
    const now = [operation('n1', 'list', 'GET /a'), operation('n2', 'other', 'GET /a')]
    expect(matched('endpoint', now, [operation('b', 'list', 'GET /a')])).toEqual(['n1=b'])
  })
})

describe('A method', () => {
  test('is found by its key, or by its name', () => {
    expect(matched('method', [method('n', 'basic', 'Basic')], [method('b', 'basic', 'Basic')])).toEqual(['n=b'])
    expect(matched('method', [method('n', 'Basic', 'Basic')], [method('b', 'key', 'Basic', 'Basic')])).toEqual(['n=b'])
  })

  test('of another type is another method, because a type never changes', () => {
    expect(matched('method', [method('n', 'auth', 'Token')], [method('b', 'auth', 'Basic')])).toEqual([])
  })
})
