import { describe, expect, it } from 'vitest'
import { plain, strongest } from '@/lib/domain/secrecy'
import { SecretBook } from '@/lib/domain/secret-book'

describe('SecretBook', () => {
  it('contains whole secrets and pieces, without duplicates', () => {
    const book = new SecretBook()
    book.add({ text: 'whole', secrecy: 'whole' })
    book.add({ text: 'piece', secrecy: 'piece' })
    book.add({ text: 'whole', secrecy: 'whole' })
    book.add(plain('plain'))
    expect(book.texts()).toEqual(['whole', 'piece'])
  })

  it('contains no empty text, which would match everywhere', () => {
    const book = SecretBook.of('', null, 'a')
    book.addWhole(undefined)
    book.add({ text: '', secrecy: 'whole' })
    expect(book.texts()).toEqual(['a'])
  })

  it('can be copied, and later changes do not affect the copy', () => {
    const credentials = SecretBook.of('a')
    const book = credentials.copy()
    book.addWhole('b')
    credentials.addWhole('c')
    expect(book.texts()).toEqual(['a', 'b'])
    expect(credentials.texts()).toEqual(['a', 'c'])
  })

  it('does not change with a list that was read from it', () => {
    const book = SecretBook.of('a')
    const read = book.texts() as string[]
    read.pop()
    expect(book.texts()).toEqual(['a'])
  })
})

describe('The secrecy of a combination of two texts', () => {
  it('is the stricter of the two', () => {
    const all = ['none', 'whole', 'piece'] as const
    for (const [rank, one] of all.entries())
      for (const [other, another] of all.entries()) expect(strongest(one, another)).toBe(all[Math.max(rank, other)])
  })
})
