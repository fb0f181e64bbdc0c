import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { apiVersion, openApiDocument } from '@/lib/api/document/open-api'
import { testDatabase } from '@/tests/support/database'
import { breakingChanges, contractOf, readText, textOf, type Contract } from './contract'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** A change that can break a program needs a new version of the API (`apiVersion`). */

await testDatabase()

const file = join(import.meta.dirname, 'contract.txt')

/** After a change that breaks nothing, `vitest -u` records the new contract. */
test('the API keeps the promises of its version, and every promise is recorded', async () => {
  const stored = readText(readFileSync(file, 'utf8'))
  const current = contractOf(openApiDocument())
  if (stored.version === apiVersion) expect(breakingChanges(stored.contract, current)).toEqual([])
  await expect(textOf(apiVersion, current)).toMatchFileSnapshot(file)
})

describe('a change breaks programs', () => {
  const before: Contract = new Map([
    ['POST /flows', 'operation'],
    ['POST /flows < json.name', 'required string'],
    ['POST /flows < json.colour', 'optional "blue"|"red"'],
    ['POST /flows > 201 json.id', 'required string'],
    ['POST /flows > 201 json.state', 'required "new"'],
  ])
  const changed = (...lines: [string, string | null][]) => {
    const after = new Map(before)
    for (const [at, what] of lines)
      if (what === null) after.delete(at)
      else after.set(at, what)
    return breakingChanges(before, after)
  }

  test.each<[string, [string, string | null][], string]>([
    ['that removes an operation', [['POST /flows', null]], 'POST /flows was removed'],
    ['that removes a property of a response', [['POST /flows > 201 json.id', null]], 'json.id was removed'],
    ['after which a property may be missing', [['POST /flows > 201 json.id', 'optional string']], 'may be missing now'],
    [
      'after which a property has another type',
      [['POST /flows > 201 json.id', 'required null|string']],
      'can be null now',
    ],
    [
      'that requires something new with new parts inside',
      [
        ['POST /flows < json.tags', 'required array'],
        ['POST /flows < json.tags[]', 'required object'],
      ],
      'json.tags is new and required',
    ],
    ['that requires more', [['POST /flows < json.size', 'required integer']], 'json.size is new and required'],
    ['that requires what was optional', [['POST /flows < json.colour', 'required "blue"|"red"']], 'is required now'],
    ['that accepts less', [['POST /flows < json.colour', 'optional "blue"']], 'no longer accepts "red"'],
    ['that no longer knows a property', [['POST /flows < json.colour', null]], 'json.colour was removed'],
  ])('%s', (_what, lines, says) => {
    expect(changed(...lines).join('\n')).toContain(says)
  })

  test.each<[string, [string, string | null][]]>([
    [
      'that adds an operation',
      [
        ['GET /flows', 'operation'],
        ['GET /flows < query.q', 'required string'],
      ],
    ],
    ['that adds a property to a response', [['POST /flows > 201 json.name', 'required string']]],
    [
      'that accepts more',
      [
        ['POST /flows < json.colour', 'optional "blue"|"green"|"red"'],
        ['POST /flows < json.size', 'optional integer'],
      ],
    ],
    [
      'that requires something inside an optional new part',
      [
        ['POST /flows < json.tags', 'optional array'],
        ['POST /flows < json.tags[]', 'required object'],
        ['POST /flows < json.tags[].name', 'required string'],
      ],
    ],
    ['that adds a value to a list of values', [['POST /flows > 201 json.state', 'required "new"|"old"']]],
  ])('but not one %s', (_what, lines) => {
    expect(changed(...lines)).toEqual([])
  })
})

test('the stored form of a contract can be read again', () => {
  const contract = contractOf(openApiDocument())
  expect(readText(textOf('1.2.3', contract))).toEqual({ version: '1.2.3', contract })
})
