import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The table of security requirements in the README names tests that exist. */

const rows = readFileSync('README.md', 'utf8').split('\n').filter((line) => /^\| D\d+ \|/.test(line))

test('all twenty-four requirements have a row', () => {
  expect(rows.map((row) => row.split('|')[1]!.trim())).toEqual(Array.from({ length: 24 }, (_, index) => `D${index + 1}`))
})

test.each(rows.map((row) => [row.split('|')[1]!.trim(), row] as const))('%s names tests that are there', (_number, row) => {
  const shown = row.split('|').at(-2)!.split(';').map((part) => part.trim())
  for (const part of shown) {
    const [, file, name] = /^`([^`]+)`(?: › (.+))?$/.exec(part) ?? []
    expect(file, part).toBeDefined()
    expect(existsSync(`tests/${file}`), file).toBe(true)
    if (name) expect(readFileSync(`tests/${file}`, 'utf8'), part).toContain(name)
  }
})
