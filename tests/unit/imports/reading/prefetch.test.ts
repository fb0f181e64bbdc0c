import { describe, expect, test } from 'vitest'
import { prefetch } from '@/lib/imports/reading/prefetch'

describe('Prefetching', () => {
  /** Gives the numbers up to `count`, and counts how often it was asked. */
  function numbers(count: number) {
    const asked = { times: 0 }
    const read = async () => ((asked.times += 1) <= count ? asked.times : null)
    return { asked, read }
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve))

  test('gives the items in order, and null after the last one', async () => {
    const { read } = numbers(3)
    const next = prefetch(read, 2)
    expect([await next(), await next(), await next(), await next(), await next()]).toEqual([1, 2, 3, null, null])
  })

  test('reads so many before they are asked for, and not more', async () => {
    const { asked, read } = numbers(10)
    const next = prefetch(read, 3)
    await settled()
    expect(asked.times).toBe(3)
    await next()
    await settled()
    expect(asked.times).toBe(4)
  })

  test('does not read after the end', async () => {
    const { asked, read } = numbers(1)
    const next = prefetch(read, 8)
    expect([await next(), await next()]).toEqual([1, null])
    await settled()
    expect(asked.times).toBe(2)
  })

  test('passes an error on to the caller that asks for the item', async () => {
    const next = prefetch(() => Promise.reject(new Error('gone')), 2)
    await settled()
    await expect(next()).rejects.toThrow('gone')
  })
})
