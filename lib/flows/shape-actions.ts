'use server'

import { listOfferedEndpoints } from '@/lib/enablement/list-offered-endpoints'
import { actionOf, draftActionOf } from '@/lib/operations/action'
import { listInstanceOptions } from './list-instance-options'
import { runShape } from './run-shape'
import { saveShape } from './save-shape'

export const saveShapeAction = draftActionOf(saveShape, { done: 'Shape saved.' })
export const runShapeAction = actionOf(runShape)
export const searchInstancesAction = actionOf(listInstanceOptions)
export const offeredEndpointsAction = actionOf(listOfferedEndpoints)
