import 'server-only'
import { refresh } from 'next/cache'
import type { z } from 'zod'
import type { PersonActor } from '@/lib/domain/access/actor'
import type { Refusal, Result } from '@/lib/domain/result'
import type { Operation } from './operation'

/**
 * Runs an operation for a page. If somebody else saved first (rule R12), the page is read again, because it compares
 * what was typed with their version.
 */
export async function runForPage<Input extends z.ZodType, Output extends z.ZodType, Failure extends Refusal>(
  operation: Operation<Input, Output, Failure>,
  actor: PersonActor,
  input: z.input<Input>,
): Promise<Result<z.output<Output>, Failure>> {
  const result = await operation(actor, input)
  if (!result.ok && result.error.changedBy !== undefined) refresh()
  return result
}
