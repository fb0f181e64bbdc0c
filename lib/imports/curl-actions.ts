'use server'

import { actionOf } from '@/lib/operations/action'
import { readCurlCommand } from './read-curl-command'

/** Shows what a curl command would become, before anything is added. */
export const readCurlCommandAction = actionOf(readCurlCommand)
