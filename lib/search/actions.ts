'use server'

import { actionOf } from '@/lib/operations/action'
import { listFound } from './list-found'

export const searchAction = actionOf(listFound)
