'use server'

import { listOfferedEndpoints } from '@/lib/enablement/list-offered-endpoints'
import { actionOf, draftActionOf } from '@/lib/operations/action'
import { listInstanceOptions } from './list-instance-options'
import { listReplacements } from './list-replacements'
import { previewReplacement } from './preview-replacement'
import { replaceInstance } from './replace-instance'
import { runShape } from './run-shape'
import { saveShape } from './save-shape'

export const saveShapeAction = draftActionOf(saveShape, { done: 'Shape saved.' })
/** A run may change the status of its instance, which the page shows. */
export const runShapeAction = actionOf(runShape, { refreshes: 'always' })
export const searchInstancesAction = actionOf(listInstanceOptions)
export const offeredEndpointsAction = actionOf(listOfferedEndpoints)
/** *Replace this instance in flows*, on the page of an instance. */
export const searchReplacementsAction = actionOf(listReplacements)
export const previewReplacementAction = actionOf(previewReplacement)
export const replaceInstanceAction = actionOf(replaceInstance, { refreshes: 'on_success' })
