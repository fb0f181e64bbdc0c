'use client'

import { useRouter } from 'next/navigation'
import { useOptimistic, useState, useTransition } from 'react'
import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { useLeave } from '@/components/forms/unsaved-changes'
import { endOfFlow, inFlowOrder, inserted, moved, onlyExit } from '@/lib/domain/flows/tree/shape-tree'
import { addShapeAction, moveShapeAction, removeShapeAction, reorderShapeAction } from '@/lib/flows/actions'
import type { FlowDetail, ShapeNode } from '@/lib/flows/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** The id of a shape that the server has not stored yet. */
const newId = 'new'

export type FlowView = 'canvas' | 'list'

/**
 * The shapes of a flow, and which one is selected. A selected, added or moved shape is shown immediately. Until its
 * settings have arrived, no settings are shown, so that nobody changes those of another shape by mistake.
 */
export function useShapes(flow: FlowDetail, selectedId: string | null, view: FlowView) {
  const router = useRouter()
  const leave = useLeave()
  const [addShape] = useAction(addShapeAction, unansweredResult)
  const [moveShape] = useAction(moveShapeAction, unansweredResult)
  const [removeShape] = useAction(removeShapeAction, unansweredResult)
  const [reorderShape] = useAction(reorderShapeAction, unansweredResult)
  const [arriving, startTransition] = useTransition()
  const [reordering, startReordering] = useTransition()
  const [shapes, showAtOnce] = useOptimistic(flow.shapes)
  const [target, setTarget] = useState<string | null>(null)
  const shownId = arriving ? target : selectedId
  const pathOf = (shapeId: string | null) => flowPath(flow.id, view, shapeId)

  const select = (id: string) =>
    leave(() => {
      setTarget(id)
      startTransition(() => router.push(pathOf(id)))
    })
  /** @param after the shape that it follows, null for the trigger; default: the last one */
  const add = (after?: string | null) =>
    leave(() => {
      const shape = { name: freeName(flow.shapes), ...placeAfter(flow.shapes, after) }
      setTarget(newId)
      startTransition(async () => {
        showAtOnce(withNewShape(flow.shapes, shape, after))
        const at = after === undefined ? {} : { parentId: after }
        const added = await addShape({ flowId: flow.id, revision: flow.revision, ...shape, ...at })
        if (!added.ok) return void toast.error(added.error.message)
        startTransition(() => router.push(pathOf(added.value.id)))
      })
    })
  const reorder = (shapeId: string, parentId: string | null) =>
    startReordering(async () => {
      showAtOnce(withPositions(flow.shapes, moved(flow.shapes.map(inTree), shapeId, { parentId, leg: onlyExit })))
      const answer = await reorderShape({ flowId: flow.id, revision: flow.revision, shapeId, parentId })
      if (!answer.ok) toast.error(answer.error.message)
    })
  return {
    shapes,
    shownId,
    arriving,
    adding: arriving && shownId === newId,
    reordering,
    select,
    add,
    reorder,
    move: async (shapeId: string, x: number, y: number) => {
      const answer = await moveShape({ flowId: flow.id, shapeId, x, y })
      if (!answer.ok) toast.error(answer.error.message)
    },
    remove: async (shapeId: string) => {
      const removed = await removeShape({ flowId: flow.id, revision: flow.revision, shapeId })
      if (!removed.ok) return removed.error.message
      router.replace(pathOf(null))
    },
  }
}

/** The address of a flow in a view; the canvas is the default. */
export function flowPath(flowId: string, view: FlowView, shapeId: string | null): string {
  const query = new URLSearchParams()
  if (view === 'list') query.set('view', view)
  if (shapeId !== null) query.set('shape', shapeId)
  return query.size === 0 ? `/flows/${flowId}` : `/flows/${flowId}?${query}`
}

const inTree = ({ id, parentId }: ShapeNode) => ({ id, parentId, leg: onlyExit })

function freeName(shapes: readonly ShapeNode[]): string {
  const names = new Set(shapes.map(({ name }) => name))
  let number = shapes.length + 1
  while (names.has(`Connection ${number}`)) number += 1
  return `Connection ${number}`
}

/** A shape on the canvas, with some space around it. */
const cell = { width: 280, height: 150 }

/** At the end below all others; between two shapes beside them, where nothing else is. */
function placeAfter(shapes: readonly ShapeNode[], after: string | null | undefined): { x: number; y: number } {
  const before = shapes.find(({ id }) => id === after)
  const isBetween = after !== undefined && shapes.some(({ parentId }) => parentId === after)
  if (!isBetween) return { x: before?.x ?? 0, y: Math.max(30 - cell.height, ...shapes.map(({ y }) => y)) + cell.height }
  const place = { x: (before?.x ?? 0) + cell.width, y: (before?.y ?? -cell.height) + cell.height / 2 }
  const isTaken = ({ x, y }: ShapeNode) => Math.abs(x - place.x) < cell.width && Math.abs(y - place.y) < cell.height / 2
  while (shapes.some(isTaken)) place.x += cell.width
  return place
}

function withNewShape(
  shapes: readonly ShapeNode[],
  shape: { name: string; x: number; y: number },
  after: string | null | undefined,
): ShapeNode[] {
  const at = after === undefined ? endOfFlow(shapes.map(inTree)) : { parentId: after, leg: onlyExit }
  const added: ShapeNode = {
    id: newId,
    parentId: at.parentId,
    state: 'incomplete',
    instance: null,
    endpoint: null,
    ...shape,
  }
  return withPositions([...shapes, added], inserted(shapes.map(inTree), added, at))
}

/** The shapes after a change of their positions, in the order of the flow. */
function withPositions(shapes: readonly ShapeNode[], changed: ReturnType<typeof moved>): ShapeNode[] {
  if (!changed.ok) return [...shapes]
  const positions = new Map(changed.value.map(({ id, parentId }) => [id, parentId]))
  const placed = shapes.map((shape) => {
    const parentId = positions.get(shape.id)
    return { ...shape, parentId: parentId === undefined ? shape.parentId : parentId, leg: onlyExit }
  })
  return inFlowOrder(placed).map(({ shape: { leg: _, ...shape } }) => shape)
}
