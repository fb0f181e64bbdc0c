'use server'
import { refresh } from 'next/cache'
import { requireActor } from '@/lib/platform/session/actor'
import { refuse, type Result } from '@/lib/domain/result'
import { applyMatrix, setEnablement } from './mutations'
import { planMatrix } from './queries'
import { applyMatrixSchema, planMatrixSchema, setEnablementSchema } from './schema'
import type { EnablementRefusal, MatrixOutcome, MatrixPlan } from './views'

const unreadable = () => refuse('invalid_input', 'This change could not be read. Reload the page and try again.')

/**
 * Answers without a refresh: the switch knows its state, and the page's other data (its revision, above all) must stay
 * what the person began with (rule R12).
 */
export async function setEnablementAction(input: unknown): Promise<Result<{ enabled: boolean }, EnablementRefusal>> {
  const actor = await requireActor()
  const parsed = setEnablementSchema.safeParse(input)
  if (!parsed.success) return unreadable()
  return setEnablement(actor, parsed.data)
}

export async function planMatrixAction(input: unknown): Promise<Result<MatrixPlan>> {
  const actor = await requireActor()
  const parsed = planMatrixSchema.safeParse(input)
  if (!parsed.success) return unreadable()
  return planMatrix(actor, parsed.data.connectorId, parsed.data.changes)
}

export async function applyMatrixAction(input: unknown): Promise<Result<MatrixOutcome, EnablementRefusal>> {
  const actor = await requireActor()
  const parsed = applyMatrixSchema.safeParse(input)
  if (!parsed.success) return unreadable()
  const { connectorId, changes, confirmStranding } = parsed.data
  const result = await applyMatrix(actor, connectorId, changes, confirmStranding)
  if (result.ok) refresh()
  return result
}
