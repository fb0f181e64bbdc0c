import { expect, test } from 'vitest'
import { ItemBatches } from '@/lib/imports/reading/item-batches'
import { Unreadable } from '@/lib/imports/reading/unreadable'

/** What an import may write is bounded, whatever the document refers to how often. */

const aSchema = (characters: number) => ({ name: 'Big', pointer: '', schema: { title: 'x'.repeat(characters) } })

test('A schema of more than 20,000,000 characters is refused', () => {
  const batches = new ItemBatches(() => {}, 0)
  expect(() => batches.addSchema(aSchema(20_000_000))).toThrow(new Unreadable('The schema “Big” is too large.'))
})

test('Items that are too large together are refused', () => {
  const batches = new ItemBatches(() => {}, 0, 10_000)
  const add = () => Array.from({ length: 5 }, () => batches.addSchema(aSchema(1_500)))
  add()
  expect(add).toThrow(/too large to import at once/)
})
