'use server'

import { actionOf } from '@/lib/operations/action'
import { applyMatrix } from './apply-matrix'
import { planMatrix } from './plan-matrix'
import { setEnablement } from './set-enablement'

/**
 * Does not refresh the page: the switch knows its state, and the page's other data, above all its revision, must stay
 * as it was when the person started editing (rule R12).
 */
export const setEnablementAction = actionOf(setEnablement)
export const planMatrixAction = actionOf(planMatrix)
export const applyMatrixAction = actionOf(applyMatrix, { refreshes: 'on_success' })
