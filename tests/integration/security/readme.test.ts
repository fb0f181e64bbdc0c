import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { optionGroups } from '@/lib/domain/method-options/options'
import { filterNames } from '@/lib/domain/templates/filters'
import { authenticationTypes, phaseKinds } from '@/lib/domain/vocabulary'

/** The README's tables of security requirements and of authentication capabilities name code and tests that exist. */

const readme = readFileSync('README.md', 'utf8')

function section(title: string): string {
  const [, text = ''] = readme.split(`\n## ${title}\n`)
  return text.split('\n## ')[0] ?? ''
}

/** The cells of a section's tables, without their heads. */
function rowsOf(title: string): string[][] {
  const lines = section(title).split('\n')
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

/** Each part is a file, or a file and the words of a test in it. */
function expectTests(cell: string): void {
  for (const part of cell.split(';').map((text) => text.trim())) {
    const [, file, name] = /^`([^`]+)`(?: › (.+))?$/.exec(part) ?? []
    expect(file, part).toBeDefined()
    expect(existsSync(`tests/${file}`), file).toBe(true)
    if (name) expect(readFileSync(`tests/${file}`, 'utf8'), part).toContain(name)
  }
}

describe('The security requirements', () => {
  const rows = rowsOf('Security requirements')

  test('are numbered without a gap', () => {
    expect(rows.length).toBeGreaterThanOrEqual(24)
    expect(rows.map(([number]) => number)).toEqual(rows.map((_, index) => `D${index + 1}`))
  })

  test.each(rows.map((row) => [row[0]!, row] as const))('%s names tests that are there', (_number, row) => {
    expect(row).toHaveLength(4)
    expectTests(row[3]!)
  })
})

describe('The authentication capabilities', () => {
  const rows = rowsOf('Authentication capabilities')
  const named = new Set(
    rows.flatMap(([capability = '']) => [...capability.matchAll(/`[^`]+`|\*[^*]+\*/g)].map(([words]) => words)),
  )

  test.each(rows.map((row) => [row[0]!, row] as const))('%s: code and tests are there', (_capability, row) => {
    expect(row).toHaveLength(4)
    for (const path of row[2]!.split(',').map((text) => text.trim()))
      expect(existsSync(`lib/${path.replaceAll('`', '')}`), path).toBe(true)
    expectTests(row[3]!)
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
