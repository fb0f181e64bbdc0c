'use server'

import { actionOf, formActionOf } from '@/lib/operations/action'
import { addShape } from './add-shape'
import { createFlow } from './create-flow'
import { deleteFlow } from './delete-flow'
import { moveShape } from './move-shape'
import { removeShape } from './remove-shape'
import { reorderShape } from './reorder-shape'
import { updateFlow } from './update-flow'

export const createFlowAction = formActionOf(createFlow, { redirectTo: ({ id }) => `/flows/${id}` })
export const updateFlowAction = formActionOf(updateFlow, { done: 'Flow saved.' })
export const deleteFlowAction = actionOf(deleteFlow)
export const addShapeAction = actionOf(addShape, { refreshes: 'on_success' })
export const moveShapeAction = actionOf(moveShape)
export const reorderShapeAction = actionOf(reorderShape, { refreshes: 'on_success' })
export const removeShapeAction = actionOf(removeShape, { refreshes: 'on_success' })
