import { describe, expect, it } from 'vitest'
import { plain, strongest } from '@/lib/domain/secrecy'
import { SecretBook } from '@/lib/domain/secret-book'

describe('A book of secrets', () => {
  it('contains what is made from a secret, whole or in pieces, without duplicates', () => {
    const book = new SecretBook()
    book.add({ text: 'whole', secrecy: 'whole' })
    book.add({ text: 'piece', secrecy: 'piece' })
    book.add({ text: 'whole', secrecy: 'whole' })
    book.add(plain('plain'))
    expect(book.texts()).toEqual(['whole', 'piece'])
  })

  it('contains no empty text, which would be found everywhere', () => {
    const book = SecretBook.of('', null, 'a')
    book.addWhole(undefined)
    book.add({ text: '', secrecy: 'whole' })
    expect(book.texts()).toEqual(['a'])
  })

  it('takes over another one as it is then', () => {
    const credentials = SecretBook.of('a')
    const book = credentials.copy()
    book.addWhole('b')
    credentials.addWhole('c')
    expect(book.texts()).toEqual(['a', 'b'])
    expect(credentials.texts()).toEqual(['a', 'c'])
  })

  it('loses nothing that was read out of it', () => {
    const book = SecretBook.of('a')
    const read = book.texts() as string[]
    read.pop()
    expect(book.texts()).toEqual(['a'])
  })
})

describe('What is made of two texts', () => {
  it('is as secret as the one that can least be found', () => {
    const all = ['none', 'whole', 'piece'] as const
    for (const [rank, one] of all.entries())
      for (const [other, another] of all.entries()) expect(strongest(one, another)).toBe(all[Math.max(rank, other)])
  })
})
