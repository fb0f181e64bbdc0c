import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { optionGroups } from '@/lib/domain/method-options/options'
import { filterNames } from '@/lib/domain/templates/filters'
import { authenticationTypes, phaseKinds } from '@/lib/domain/vocabulary'
import { domainModules } from '../../lint/rings.mjs'

/** The tables of security requirements and of authentication capabilities name code and tests that exist. */

/** The cells of a document's tables, without their heads. */
function rowsOf(file: string): string[][] {
  const lines = readFileSync(file, 'utf8').split('\n')
  const isRow = (line: string, next = '') => line.startsWith('| ') && !next.startsWith('|---')
  return lines
    .filter((line, index) => isRow(line, lines[index + 1]))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

/** The numbers in the comments `Shows C4, D11.` of a test file, which are above the tests that show them. */
function marksIn(text: string): string[] {
  return [...text.matchAll(/^\s*\/\/ Shows ([CD0-9, ]+)\.$/gm)].flatMap(([, ids = '']) => ids.split(', '))
}

const requirements = rowsOf('tests/integration/security/README.md')
const capabilities = rowsOf('lib/domain/authentication/README.md')

/** The tests in a row's last cell: complete files, and files with marked tests. */
function namedTests(cell: string): { file: string; part: boolean }[] {
  return cell.split(';').map((text) => {
    const [, part, file] = /^(part of )?`([^`]+)`$/.exec(text.trim()) ?? []
    expect(file, text).toBeDefined()
    return { file: file!, part: part !== undefined }
  })
}

function expectTests(id: string, cell: string): void {
  for (const { file, part } of namedTests(cell)) {
    expect(existsSync(`tests/${file}`), file).toBe(true)
    if (part) expect(marksIn(readFileSync(`tests/${file}`, 'utf8')), file).toContain(id)
  }
}

describe.each([
  ['security requirements', 'D', requirements, 24],
  ['authentication capabilities', 'C', capabilities, 60],
] as const)('The %s', (_title, letter, rows, atLeast) => {
  test('are numbered without a gap', () => {
    expect(rows.length).toBeGreaterThanOrEqual(atLeast)
    expect(rows.map(([number]) => number)).toEqual(rows.map((_, index) => `${letter}${index + 1}`))
  })

  test('are only marked in test files that their row names', () => {
    const named = new Set(
      rows.flatMap((row) => namedTests(row.at(-1)!).flatMap(({ file, part }) => (part ? [`${row[0]} ${file}`] : []))),
    )
    const marked = globSync('{unit,integration,e2e,bench}/**/*.ts', { cwd: 'tests' }).flatMap((file) =>
      marksIn(readFileSync(`tests/${file}`, 'utf8'))
        .filter((id) => id.startsWith(letter))
        .map((id) => `${id} ${file}`),
    )
    expect(marked.filter((mark) => !named.has(mark))).toEqual([])
  })
})

describe('The security requirements', () => {
  test.each(requirements.map((row) => [row[0]!, row] as const))('%s names tests that exist', (number, row) => {
    expect(row).toHaveLength(4)
    expectTests(number, row[3]!)
  })
})

describe('The authentication capabilities', () => {
  const named = new Set(
    capabilities.flatMap(([, capability = '']) =>
      [...capability.matchAll(/`[^`]+`|\*[^*]+\*/g)].map(([words]) => words),
    ),
  )

  test.each(capabilities.map((row) => [row[0]!, row] as const))('%s: code and tests exist', (number, row) => {
    expect(row).toHaveLength(5)
    for (const path of row[3]!.split(',').map((text) => text.trim()))
      expect(existsSync(`lib/${path.replaceAll('`', '')}`), path).toBe(true)
    expectTests(number, row[4]!)
  })

  test.each(Object.values(authenticationTypes))('have a row of the type %s', (label) => {
    expect(named.has(`*${label}*`)).toBe(true)
  })

  test.each(Object.values(phaseKinds))('have the phase %s', (label) => {
    expect(named.has(`*${label}*`)).toBe(true)
  })

  test.each([...new Set(Object.values(optionGroups).flat())])('have the option %s', (option) => {
    expect(named.has(`\`${option}\``)).toBe(true)
  })

  test.each(filterNames)('have the filter %s', (filter) => {
    expect(named.has(`\`${filter}\``)).toBe(true)
  })
})

test('The README is at most 8 KB, and its links point to existing files', () => {
  const readme = readFileSync('README.md', 'utf8')
  expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(8192)
  const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
  expect(links.length).toBeGreaterThan(5)
  expect(links.filter((link) => !existsSync(link))).toEqual([])
})

/** The path of a request (lib/README.md). */
const requestModules = ['credentials', 'exchange', 'tokens', 'calls', 'verification']

test.each([...domainModules.map((module) => `domain/${module}`), ...requestModules])(
  'the README of lib/%s says what it is for and what it must not do',
  (module) => {
    const text = readFileSync(`lib/${module}/README.md`, 'utf8')
    expect(text).toMatch(/must not/i)
    expect(text.trim().split('\n').length).toBeGreaterThanOrEqual(3)
  },
)
