'use server'

import { actionOf } from '@/lib/operations/action'
import { createVariable } from './create-variable'
import { createVariables } from './create-variables'
import { deleteVariable } from './delete-variable'
import { listRemovalQuestions } from './list-removal-questions'
import { reorderVariables } from './reorder-variables'
import { saveVariableUse } from './save-variable-use'
import { updateVariable } from './update-variable'

const refreshes = 'on_success'

/** Read-only: the questions in the dialog before a variable is removed. */
export const listRemovalQuestionsAction = actionOf(listRemovalQuestions)
export const createVariableAction = actionOf(createVariable, { refreshes })
export const createVariablesAction = actionOf(createVariables, { refreshes })
export const updateVariableAction = actionOf(updateVariable, { refreshes })
export const deleteVariableAction = actionOf(deleteVariable, { refreshes })
export const reorderVariablesAction = actionOf(reorderVariables, { refreshes })
export const saveVariableUseAction = actionOf(saveVariableUse, { refreshes })
