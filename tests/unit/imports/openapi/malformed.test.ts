import { describe, expect, it, test } from 'vitest'
import { compareImport } from '@/tests/bench/import/compare-import'
import { readIndependently } from '@/tests/bench/import/read-independently'
import { mapped } from '@/tests/support/mapped-open-api'
import { fullDocument, fullDocumentOfVersion2 } from './full-documents'

/** What stands where something else is expected. */
const wrong: [string, unknown][] = [
  ['null', null],
  ['a number', 7],
  ['a text', 'text'],
  ['a flag', true],
  ['a list', []],
  ['a list of lists', [[null]]],
  ['an object', {}],
  ['an object that is not text', { toString: 1, valueOf: null }],
  ['a reference to everything', { $ref: '#' }],
  ['a reference to nothing', { $ref: '#/nothing' }],
  ['a reference that is no text', { $ref: 1 }],
]

type Path = (string | number)[]

/** The path of every value in a document. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [
    path,
    ...Object.entries(value).flatMap(([key, part]) =>
      pathsOf(part, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ]
}

/** The document with one value replaced; undefined removes it. */
function replaced(document: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value
  const part = (document as Record<string | number, unknown>)[key]
  const inner = replaced(part, rest, value)
  if (Array.isArray(document)) return document.map((entry, index) => (index === key ? inner : (entry as unknown)))
  const entries = Object.entries(document as object).map(
    ([name, entry]) => [name, name === key ? inner : entry] as const,
  )
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined))
}

/** Parts whose loss may change other endpoints. */
const shared = [
  'components',
  'definitions',
  'parameters',
  'securityDefinitions',
  'security',
  'servers',
  'openapi',
  'swagger',
  'consumes',
  'host',
  'basePath',
  'schemes',
]

describe.each([
  ['3.1', fullDocument],
  ['2.0', fullDocumentOfVersion2],
])('A malformed document of version %s', (_, document) => {
  const before = mapped(document)
  const paths = pathsOf(document)

  it.each([...wrong, ['nothing', undefined] as [string, unknown]])(
    'with %s in any one place loses only that',
    (__, value) => {
      for (const path of paths) {
        const { connector, endpoints } = mapped(replaced(document, path, value))
        const [part, changed] = path
        if (part === undefined || (part === 'paths' && path.length === 1)) continue
        const others = (list: typeof before.endpoints) =>
          list.filter((endpoint) => part !== 'paths' || endpoint.path !== changed)
        const kept = others(endpoints).map(({ pointer }) => pointer)
        expect({ path, kept }).toEqual({ path, kept: others(before.endpoints).map(({ pointer }) => pointer) })
        if (shared.includes(String(part))) continue
        const unchanged = connector.endpoints.filter(({ url }) => part !== 'paths' || url !== changed)
        for (const endpoint of before.connector.endpoints) {
          const isChanged =
            part === 'paths' && before.endpoints[before.connector.endpoints.indexOf(endpoint)]?.path === changed
          if (!isChanged) expect(unchanged).toContainEqual(endpoint)
        }
      }
    },
  )
})

describe('What a malformed part loses', () => {
  // Two readings of a document without a version, or of one that contains itself, need not be the same.
  const isComparable = (path: Path, value: unknown) => path[0] !== 'swagger' && JSON.stringify(value) !== '{"$ref":"#"}'

  it.each([
    ['3.1', fullDocument],
    ['2.0', fullDocumentOfVersion2],
  ])(
    'is always in the report (version %s)',
    (_, document) => {
      for (const path of pathsOf(document).filter(({ length }) => length > 0)) {
        for (const [, value] of wrong.filter(([, candidate]) => isComparable(path, candidate))) {
          const malformed = replaced(document, path, value) as Record<string, unknown>
          const mapping = mapped(malformed)
          const { silent } = compareImport(
            readIndependently(malformed, () => null),
            mapping,
            mapping.schemas,
            mapping.report,
          )
          expect({ path, value, silent }).toEqual({ path, value, silent: [] })
        }
      }
    },
    60_000,
  )
})

describe('What is no document at all', () => {
  it.each([
    ['null', null],
    ['text', 'openapi: 3.0.0'],
    ['a list', []],
    ['an empty object', {}],
    ['a number', 1],
  ])('is an empty connector: %s', (_, document) => {
    const { connector, report } = mapped(document)
    expect(connector).toMatchObject({ name: 'Imported API', endpoints: [], methods: [] })
    expect(report.length).toBeGreaterThan(0)
  })
})

test('An unknown version is read as what it looks like', () => {
  const { connector, report } = mapped({
    openapi: '4.0.0',
    info: { title: 'A', version: '1' },
    paths: { '/a': { get: {} } },
  })
  expect(connector.endpoints).toHaveLength(1)
  expect(report[0]).toMatchObject({ kind: 'invalid', pointer: '' })
})
