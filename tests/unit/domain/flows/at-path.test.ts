import { describe, expect, it, test } from 'vitest'
import { valueAt, valuesAt } from '@/lib/domain/flows/values/at-path'
import { readJson } from '@/lib/domain/flows/values/json'
import { ExactNumber, type Value } from '@/lib/domain/flows/values/value'
import { readXml } from '@/lib/domain/flows/values/xml'
import { readValuePath } from '@/lib/domain/value-path'
import { valueOf } from '@/tests/support/definition-builders'

const at = (value: Value, path: string) => valueAt(value, valueOf(readValuePath(path)))
const all = (value: Value, path: string) => valuesAt(value, valueOf(readValuePath(path)))
const order = valueOf(
  readJson(
    '{"id":12345678901234567890,"a.b":{"c":1},"lines":[{"sku":"A","tags":["x","y"]},{"sku":"B","tags":[]}],"note":null}',
  ),
)

describe('The value at a path', () => {
  test.each<[string, Value | undefined]>([
    ['id', new ExactNumber('12345678901234567890')],
    ["['a.b'].c", 1],
    ['lines.1.sku', 'B'],
    ['lines[0].tags[1]', 'y'],
    ['lines.*.sku', ['A', 'B']],
    ['lines.*.tags', [['x', 'y'], []]],
    ['lines.*.tags.*', ['x', 'y']],
    ['note', null],
    ['missing', undefined],
    ['lines.2.sku', undefined],
    ['lines.01', undefined],
    ['lines.length', undefined],
    ['note.*', undefined],
    ['note.0', undefined],
    ['id.text', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['lines.constructor', undefined],
    ['lines.*.sku.length', undefined],
  ])('%s', (path, value) => {
    expect(at(order, path)).toEqual(value)
  })

  it('is missing if one of several items does not have it', () => {
    expect(at([{ id: 1 }, {}], '*.id')).toBeUndefined()
    expect(all([{ id: 1 }, {}], '*.id')).toEqual([1])
    expect(at([], '*.id')).toEqual([])
  })

  it('is the whole value without a path', () => {
    expect(at(order, '')).toBe(order)
    expect(all([1, 2], '$')).toEqual([[1, 2]])
  })

  it('finds an XML element that occurs once like one that is repeated', () => {
    const once = valueOf(readXml('<orders><order id="1"><line>a</line></order></orders>'))
    const twice = valueOf(
      readXml('<orders><order id="1"><line>a</line></order><order id="2"><line>b</line></order></orders>'),
    )
    expect(at(once, 'orders.order.*.@id')).toEqual(['1'])
    expect(at(twice, 'orders.order.*.@id')).toEqual(['1', '2'])
    expect([at(once, 'orders.order.0.@id'), at(twice, 'orders.order.0.@id')]).toEqual(['1', '1'])
    expect(at(once, 'orders.order.1.@id')).toBeUndefined()
    expect(at(once, 'orders.order.*.line.*')).toEqual(['a'])
  })

  it('takes a property that is called 0 before the only item', () => {
    expect(at({ 0: 'own', '*': 'star' }, '0')).toBe('own')
    expect(at({ '*': 'star' }, "['*']")).toBe('star')
  })

  it('is found in hundreds of thousands of items without delay', () => {
    const items = Array.from({ length: 300_000 }, (_, id) => ({ id }))
    expect(at(items, '*.id')).toHaveLength(300_000)
    expect(all(items, '*.id')).toHaveLength(300_000)
  })
})
