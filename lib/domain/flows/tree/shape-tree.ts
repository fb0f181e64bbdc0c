import { refuse, succeed, type Result } from '../../result'

/**
 * The shapes of a flow version: a tree whose root is the trigger. A shape follows the trigger or one exit of another
 * shape; each exit has at most one successor. Most shapes have a single exit, whose leg is the empty text; the exits of
 * others are named legs, such as the routes of *route*.
 */

/** Where a shape is: behind the trigger (null) or behind an exit of a shape. */
export type Position = { parentId: string | null; leg: string }
export type TreeShape = Position & { id: string }

/** A shape with how deep it is indented: a shape in a named leg is one level deeper than the shape that has the leg. */
export type ListedShape<Shape> = { shape: Shape; depth: number }

/** The leg of a shape with a single exit. */
export const onlyExit = ''

const sameExit = (one: Position, other: Position) => one.parentId === other.parentId && one.leg === other.leg

/**
 * The shapes in the order of the flow: each shape, then its named legs by name, then what follows it. Shapes that do not
 * lead back to the trigger are left out; see `unreachable`.
 */
export function inFlowOrder<Shape extends TreeShape>(shapes: readonly Shape[]): ListedShape<Shape>[] {
  const after = Map.groupBy(shapes, ({ parentId }) => parentId)
  const listed: ListedShape<Shape>[] = []
  const seen = new Set<string>()
  // A stack, because a chain may have more shapes than calls can be nested.
  const waiting = exitsOf(after.get(null) ?? [], 0)
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next.shape.id)) continue
    seen.add(next.shape.id)
    listed.push(next)
    waiting.push(...exitsOf(after.get(next.shape.id) ?? [], next.depth))
  }
  return listed
}

/** The successors of a shape, the first one last: the single exit comes after all named legs. */
function exitsOf<Shape extends TreeShape>(successors: readonly Shape[], depth: number): ListedShape<Shape>[] {
  const rank = ({ leg }: Shape) => (leg === onlyExit ? 1 : 0)
  return successors
    .toSorted((one, other) => rank(other) - rank(one) || (one.leg < other.leg ? 1 : -1))
    .map((shape) => ({ shape, depth: shape.leg === onlyExit ? depth : depth + 1 }))
}

/** The shapes that do not lead back to the trigger: in a circle, or behind a shape of another version. */
export function unreachable<Shape extends TreeShape>(shapes: readonly Shape[]): Shape[] {
  const reached = new Set(inFlowOrder(shapes).map(({ shape }) => shape.id))
  return shapes.filter(({ id }) => !reached.has(id))
}

/** Behind the last shape of the chain that begins at the trigger. */
export function endOfFlow(shapes: readonly TreeShape[]): Position {
  const last = inFlowOrder(shapes).findLast(({ depth }) => depth === 0)
  return { parentId: last?.shape.id ?? null, leg: onlyExit }
}

/**
 * The shapes whose position changes if a shape is put at a position: what was there follows it.
 *
 * @param shape is not among `shapes`, or is already taken out of them
 */
export function inserted(shapes: readonly TreeShape[], shape: { id: string }, at: Position): Result<TreeShape[]> {
  if (at.parentId !== null && !shapes.some(({ id }) => id === at.parentId)) return gone
  const successor = shapes.find((each) => sameExit(each, at))
  const moved = { id: shape.id, parentId: at.parentId, leg: at.leg }
  return succeed(successor ? [moved, { ...successor, parentId: shape.id, leg: onlyExit }] : [moved])
}

/** The shapes whose position changes if a shape is removed: what follows it takes its position. */
export function removed(shapes: readonly TreeShape[], shapeId: string): Result<TreeShape[]> {
  const shape = shapes.find(({ id }) => id === shapeId)
  if (!shape) return gone
  const successors = shapes.filter(({ parentId }) => parentId === shapeId)
  if (successors.some(({ leg }) => leg !== onlyExit))
    return refuse('invalid_input', 'Remove or move the shapes in its legs first.')
  return succeed(successors.map(({ id }) => ({ id, parentId: shape.parentId, leg: shape.leg })))
}

/**
 * The shapes whose position changes if a shape is moved. Its named legs come with it; what follows it takes its old
 * position, and what is at the new one follows it. Nothing if it is there already.
 */
export function moved(shapes: readonly TreeShape[], shapeId: string, to: Position): Result<TreeShape[]> {
  const shape = shapes.find(({ id }) => id === shapeId)
  if (!shape) return gone
  if (sameExit(shape, to)) return succeed([])
  if (to.parentId === shapeId || isInLegOf(shapes, to.parentId, shapeId))
    return refuse('invalid_input', 'A shape cannot follow itself, or a shape in one of its own legs.', 'parentId')
  const follower = shapes.find(({ parentId, leg }) => parentId === shapeId && leg === onlyExit)
  const closing = follower ? [{ id: follower.id, parentId: shape.parentId, leg: shape.leg }] : []
  const closed = shapes
    .filter(({ id }) => id !== shapeId)
    .map((each) => closing.find(({ id }) => id === each.id) ?? each)
  const placed = inserted(closed, shape, to)
  if (!placed.ok) return placed
  return succeed([...closing.filter(({ id }) => !placed.value.some((each) => each.id === id)), ...placed.value])
}

/** Whether a shape is in a named leg of another one, at any depth. */
function isInLegOf(shapes: readonly TreeShape[], shapeId: string | null, ownerId: string): boolean {
  const byId = new Map(shapes.map((shape) => [shape.id, shape]))
  let at = shapeId === null ? undefined : byId.get(shapeId)
  for (let steps = 0; at && steps <= shapes.length; steps += 1) {
    if (at.parentId === ownerId) return at.leg !== onlyExit
    at = at.parentId === null ? undefined : byId.get(at.parentId)
  }
  return false
}

const gone = refuse('not_found', 'This shape was removed from the flow. Reload the page.')
