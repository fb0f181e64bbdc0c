import 'server-only'
import { failureRefusal } from '@/lib/platform/door/failure-refusal'
import { problemCodeOf } from '@/lib/platform/door/refusal'
import { logger } from '@/lib/platform/log/logger'
import type { ApiRefusal } from './problem'

const fault: ApiRefusal = {
  code: 'unexpected',
  message: 'This is a fault of Patchbay. Nothing is known about what was changed. The log of the server says more.',
}

/** What a program gets for an exception. A bug is logged, and says nothing about itself to the program. */
export function refusalOfFailure(error: unknown): ApiRefusal {
  const known = failureRefusal(error)
  if (known) return { code: problemCodeOf(known), message: known.text, headers: known.headers }
  logger().error({ error }, 'A request of the API failed.')
  return fault
}
