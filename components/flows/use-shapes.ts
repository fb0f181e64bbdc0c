'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { useLeave } from '@/components/forms/unsaved-changes'
import { addShapeAction, moveShapeAction, removeShapeAction } from '@/lib/flows/actions'
import type { FlowDetail, ShapeNode } from '@/lib/flows/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** The id of a shape that the server has not stored yet. */
const newId = 'new'

/**
 * The shapes of a flow, and which one is selected. A selected or added shape is shown immediately. Until its settings
 * have arrived, no settings are shown, so that nobody changes those of another shape by mistake.
 */
export function useShapes(flow: FlowDetail, selectedId: string | null) {
  const router = useRouter()
  const leave = useLeave()
  const [addShape] = useAction(addShapeAction, unansweredResult)
  const [moveShape] = useAction(moveShapeAction, unansweredResult)
  const [removeShape] = useAction(removeShapeAction, unansweredResult)
  const [arriving, startTransition] = useTransition()
  const [target, setTarget] = useState<{ id: string | null; added?: ShapeNode }>({ id: null })
  const shownId = arriving ? target.id : selectedId

  const select = (id: string) =>
    leave(() => {
      setTarget({ id })
      startTransition(() => router.push(`/flows/${flow.id}?shape=${id}`))
    })
  const add = () =>
    leave(() => {
      const place = { x: 0, y: Math.max(-120, ...flow.shapes.map(({ y }) => y)) + 150 }
      const shape = { name: `Connection ${flow.shapes.length + 1}`, ...place }
      setTarget({ id: newId, added: { id: newId, state: 'incomplete', instance: null, endpoint: null, ...shape } })
      startTransition(async () => {
        const added = await addShape({ flowId: flow.id, revision: flow.revision, ...shape })
        if (!added.ok) return void toast.error(added.error.message)
        startTransition(() => router.push(`/flows/${flow.id}?shape=${added.value.id}`))
      })
    })
  const isNew = arriving && shownId === newId
  return {
    shapes: isNew && target.added ? [...flow.shapes, target.added] : flow.shapes,
    shownId,
    arriving,
    adding: isNew,
    select,
    add,
    move: async (shapeId: string, x: number, y: number) => {
      const moved = await moveShape({ flowId: flow.id, shapeId, x, y })
      if (!moved.ok) toast.error(moved.error.message)
    },
    remove: async (shapeId: string) => {
      const removed = await removeShape({ flowId: flow.id, revision: flow.revision, shapeId })
      if (!removed.ok) return removed.error.message
      router.replace(`/flows/${flow.id}`)
    },
  }
}
