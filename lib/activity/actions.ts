'use server'

import { actionOf } from '@/lib/operations/action'
import { listFilterChoices } from './list-filter-choices'

export const listFilterChoicesAction = actionOf(listFilterChoices)
