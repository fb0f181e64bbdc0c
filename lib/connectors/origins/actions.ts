'use server'

import { refresh } from 'next/cache'
import { refuse, type Result } from '@/lib/domain/result'
import { requireActor } from '@/lib/platform/session/actor'
import { confirmOrigin } from './mutations'
import { confirmOriginSchema, type ConfirmOrigin } from './schema'

export async function confirmOriginAction(input: ConfirmOrigin): Promise<Result<{ origin: string }>> {
  const actor = await requireActor()
  const parsed = confirmOriginSchema.safeParse(input)
  if (!parsed.success) return refuse('invalid_input', 'This address cannot be read. Reload the page.')
  const result = await confirmOrigin(actor, parsed.data)
  if (result.ok) refresh()
  return result
}
