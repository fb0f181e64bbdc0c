import { z } from 'zod'
import { anyText } from '@/lib/domain/text-schema'
import { idOf } from '@/lib/operations/input'
import { curlLimits } from './curl/limits'

/** The input of operations on curl commands. A command may contain secrets. */

export const curlCommand = anyText(curlLimits.command, 'A curl command can have at most 1,000,000 characters.').min(
  1,
  'Paste a curl command.',
)

export const readCurlCommandSchema = z.strictObject({
  command: curlCommand,
  /** The connector that the request is for: its base URL and its methods. Null: a new one. */
  connectorId: idOf('connector').nullable().default(null),
})
