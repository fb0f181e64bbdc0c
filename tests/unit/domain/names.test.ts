import { describe, expect, it, test } from 'vitest'
import { firstFree, foldName, freeKey, slugify } from '@/lib/domain/names'

describe('Names are compared without regard to case', () => {
  it.each([
    ['Shopify UK', 'shopify uk'],
    ['  Shopify \t UK ', 'shopify uk'],
    ['Ａcme', 'acme'],
    ['ÉCLAIR', 'éclair'],
    ['e\u0301clair', 'éclair'],
  ])('%j folds to %j', (name, expected) => {
    expect(foldName(name)).toBe(expected)
  })
})

describe('A key', () => {
  it.each([
    ['Acme Commerce', 'acme-commerce'],
    ['  Été 2026! ', 'ete-2026'],
    ['日本', 'item'],
    ['---', 'item'],
    ['x'.repeat(100), 'x'.repeat(60)],
  ])('for the name %j is %j', (name, expected) => {
    expect(slugify(name)).toBe(expected)
  })

  it('has the first unused number', () => {
    expect(freeKey('Acme', new Set())).toBe('acme')
    expect(freeKey('Acme', new Set(['acme', 'acme-2']))).toBe('acme-3')
  })
})

test.each([
  [[], 'List orders'],
  [['List orders'], 'List orders 2'],
  [['List orders', 'List orders 2', 'List orders 4'], 'List orders 3'],
])('if %j are in use, the first free name is “%s”', (taken, name) => {
  expect(firstFree('List orders', ' ', (candidate) => taken.includes(candidate))).toBe(name)
})
