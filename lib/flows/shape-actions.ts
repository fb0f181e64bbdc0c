'use server'

import { refresh } from 'next/cache'
import { refuse, type Result } from '@/lib/domain/result'
import { offeredEndpoints } from '@/lib/enablement/queries'
import type { OfferedEndpoints } from '@/lib/enablement/views'
import { fieldErrorsOf, doneForm, invalidForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import type { ExchangeReport } from '@/lib/calls/report-exchange'
import { requireActor } from '@/lib/platform/session/actor'
import { listInstanceOptions } from './shape-queries'
import { runShape } from './run-shape'
import { saveShape } from './save-shape'
import { instanceSearchSchema, offeredSchema, runShapeSchema, saveShapeSchema } from './shape-schema'
import type { InstanceOption } from './shape-views'

const unreadable = () => refuse('invalid_input', 'This could not be read. Reload the page and try again.')

export async function saveShapeAction(input: unknown): Promise<FormState> {
  const actor = await requireActor()
  const parsed = saveShapeSchema.safeParse(input)
  if (!parsed.success) return invalidForm(fieldErrorsOf(parsed.error))
  const saved = await saveShape(actor, parsed.data)
  if (!saved.ok) return refusedForm(saved.error)
  refresh()
  return doneForm('Shape saved.')
}

export async function runShapeAction(input: unknown): Promise<Result<ExchangeReport>> {
  const actor = await requireActor()
  const parsed = runShapeSchema.safeParse(input)
  return parsed.success ? runShape(actor, parsed.data) : unreadable()
}

export async function searchInstancesAction(input: unknown): Promise<Result<InstanceOption[]>> {
  const actor = await requireActor()
  const parsed = instanceSearchSchema.safeParse(input)
  return parsed.success ? listInstanceOptions(actor, parsed.data.search) : unreadable()
}

export async function offeredEndpointsAction(input: unknown): Promise<Result<OfferedEndpoints>> {
  const actor = await requireActor()
  const parsed = offeredSchema.safeParse(input)
  return parsed.success ? offeredEndpoints(actor, parsed.data) : unreadable()
}
