import { describe, expect, test } from 'vitest'
import {
  endOfFlow,
  inFlowOrder,
  inserted,
  moved,
  removed,
  unreachable,
  type TreeShape,
} from '@/lib/domain/flows/tree/shape-tree'

/** `a<b` : a follows b; `a<b:leg` : a is in a leg of b; `a` : a follows the trigger. */
function tree(text: string): TreeShape[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((part) => {
      const [id = '', after = ''] = part.split('<')
      const [parentId = '', leg = ''] = after.split(':')
      return { id, parentId: parentId || null, leg }
    })
}

const shown = (shapes: readonly TreeShape[]) =>
  shapes.map(({ id, parentId, leg }) => id + (parentId ? `<${parentId}${leg && `:${leg}`}` : '')).join(' ')
const order = (text: string) => inFlowOrder(tree(text)).map(({ shape, depth }) => `${'-'.repeat(depth)}${shape.id}`)

/** The whole tree after a change. */
function after(before: string, change: { ok: boolean; value?: TreeShape[] }): string {
  const changed = change.value ?? []
  const all = [...tree(before).filter(({ id }) => !changed.some((each) => each.id === id)), ...changed]
  return inFlowOrder(all)
    .map(({ shape, depth }) => `${'-'.repeat(depth)}${shape.id}`)
    .join(' ')
}

describe('the order of a flow', () => {
  test('is the chain behind the trigger, however the rows are sorted', () => {
    expect(order('c<b a b<a')).toEqual(['a', 'b', 'c'])
    expect(order('')).toEqual([])
  })

  test('shows the legs of a shape, indented and by name, before what follows it', () => {
    expect(order('end<route z<route:2 x<route:1 y<x route')).toEqual(['route', '-x', '-y', '-z', 'end'])
  })

  test('leaves out shapes in a circle and behind unknown shapes, and names them', () => {
    expect(order('a b<c c<b d<elsewhere')).toEqual(['a'])
    expect(unreachable(tree('a b<c c<b d<elsewhere')).map(({ id }) => id)).toEqual(['b', 'c', 'd'])
  })

  test('has no limit of depth', () => {
    const long = Array.from({ length: 20_000 }, (_, n) => ({ id: `${n}`, parentId: n ? `${n - 1}` : null, leg: '' }))
    expect(inFlowOrder(long)).toHaveLength(20_000)
  })
})

describe('a shape is added', () => {
  test('at the end, which is behind the trigger in an empty flow', () => {
    expect(endOfFlow([])).toEqual({ parentId: null, leg: '' })
    expect(endOfFlow(tree('a b<a'))).toEqual({ parentId: 'b', leg: '' })
    expect(endOfFlow(tree('a x<a:1 y<x'))).toEqual({ parentId: 'a', leg: '' })
  })

  test('between two shapes: the second one follows it', () => {
    const before = 'a b<a c<b'
    expect(after(before, inserted(tree(before), { id: 'n' }, { parentId: 'a', leg: '' }))).toBe('a n b c')
    expect(after(before, inserted(tree(before), { id: 'n' }, { parentId: null, leg: '' }))).toBe('n a b c')
  })

  test('as the first one of a leg', () => {
    const before = 'a x<a:1 b<a'
    expect(after(before, inserted(tree(before), { id: 'n' }, { parentId: 'a', leg: '1' }))).toBe('a -n -x b')
  })

  test('not behind a shape that is gone', () => {
    expect(inserted(tree('a'), { id: 'n' }, { parentId: 'b', leg: '' })).toMatchObject({ error: { code: 'not_found' } })
  })
})

describe('a shape is removed', () => {
  test('and what follows it takes its position', () => {
    expect(removed(tree('a b<a c<b'), 'b')).toMatchObject({ value: [{ id: 'c', parentId: 'a', leg: '' }] })
    expect(removed(tree('a x<a:1 y<x'), 'x')).toMatchObject({ value: [{ id: 'y', parentId: 'a', leg: '1' }] })
    expect(removed(tree('a b<a'), 'b')).toEqual({ ok: true, value: [] })
  })

  test('not while there are shapes in its legs', () => {
    expect(removed(tree('a x<a:1'), 'a')).toMatchObject({ error: { code: 'invalid_input' } })
  })
})

describe('a shape is moved', () => {
  const before = 'a b<a c<b d<c'
  const move = (id: string, parentId: string | null, leg = '') =>
    after(before, moved(tree(before), id, { parentId, leg }))

  test('forward, backward, to the beginning and to the end', () => {
    expect(move('a', 'b')).toBe('b a c d')
    expect(move('b', 'd')).toBe('a c d b')
    expect(move('d', 'a')).toBe('a d b c')
    expect(move('c', null)).toBe('c a b d')
    expect(move('a', 'd')).toBe('b c d a')
  })

  test('to its own position, which changes nothing', () => {
    expect(moved(tree(before), 'b', { parentId: 'a', leg: '' })).toEqual({ ok: true, value: [] })
  })

  test('with its legs', () => {
    const routed = 'a r<a x<r:1 y<x b<r'
    expect(after(routed, moved(tree(routed), 'r', { parentId: null, leg: '' }))).toBe('r -x -y a b')
    expect(after(routed, moved(tree(routed), 'a', { parentId: 'x', leg: '' }))).toBe('r -x -a -y b')
  })

  test('out of a leg of a shape to behind that shape', () => {
    const routed = 'r x<r:1 y<x b<r'
    expect(after(routed, moved(tree(routed), 'x', { parentId: 'r', leg: '' }))).toBe('r -y x b')
  })

  test('not behind itself, nor into one of its own legs', () => {
    const routed = tree('r x<r:1 y<x b<r')
    for (const parentId of ['r', 'x', 'y'])
      expect(moved(routed, 'r', { parentId, leg: parentId === 'r' ? '1' : '' })).toMatchObject({
        error: { code: 'invalid_input', field: 'parentId' },
      })
    expect(shown(routed)).toBe('r x<r:1 y<x b<r')
  })

  test('never loses a shape or gives an exit two successors, wherever it goes', () => {
    const shapes = tree('a r<a x<r:1 y<x z<r:2 b<r c<b')
    for (const { id } of shapes)
      for (const to of [null, ...shapes.map((shape) => shape.id)])
        for (const leg of ['', '1', '2']) {
          const change = moved(shapes, id, { parentId: to, leg })
          if (!change.ok) continue
          const all = shapes.map((shape) => change.value.find((each) => each.id === shape.id) ?? shape)
          expect(inFlowOrder(all)).toHaveLength(shapes.length)
          expect(new Set(all.map(({ parentId, leg: at }) => `${parentId} ${at}`)).size).toBe(shapes.length)
        }
  })
})
