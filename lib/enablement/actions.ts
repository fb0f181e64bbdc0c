'use server'

import { actionOf } from '@/lib/operations/action'
import { applyMatrix } from './apply-matrix'
import { planMatrix } from './plan-matrix'
import { setEnablement } from './set-enablement'

/**
 * Answers without a refresh: the switch knows its state, and the page's other data (its revision, above all) must stay
 * what the person began with (rule R12).
 */
export const setEnablementAction = actionOf(setEnablement)
export const planMatrixAction = actionOf(planMatrix)
export const applyMatrixAction = actionOf(applyMatrix, { refreshes: 'on_success' })
