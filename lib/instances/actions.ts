'use server'

import { refresh } from 'next/cache'
import { refuse, type Refusal, type Result } from '@/lib/domain/result'
import { fieldErrorsOf, invalidForm, refusedForm } from '@/lib/platform/forms/form-state'
import { discardPending } from '@/lib/authorisations/pending'
import type { RevocationOutcome } from '@/lib/tokens/revoke-tokens'
import { startAuthorisation } from '@/lib/authorisations/start-authorisation'
import { checkInstance } from '@/lib/verification/verify'
import type { VerificationReport } from '@/lib/verification/verification-report'
import { requireActor } from '@/lib/platform/session/actor'
import { createInstance } from './create-instance'
import { deleteInstance, discardInstance } from './delete-instance'
import { saveInstance } from './save-instance'
import {
  createInstanceSchema,
  deleteInstanceSchema,
  instanceIdSchema,
  saveInstanceSchema,
  testInstanceSchema,
} from './schema'
import { testInstance } from './test-instance'
import type { SaveAnswer, SaveOutcome, TestAnswer } from './views'

/** These take objects: the forms span tabs and steps. No answer holds what was typed (rule R10). */

type Refused = Extract<SaveAnswer, { kind: 'refused' }>

function refused({ code, field, message }: Refusal): Refused {
  return {
    kind: 'refused',
    form: refusedForm({ code, message, field: formField(field) }),
    retypeSecrets: code === 'secret_needed_for_new_host' ? message : null,
  }
}

function invalid(error: Parameters<typeof fieldErrorsOf>[0]): Refused {
  const errors = Object.entries(fieldErrorsOf(error)).map(([field, message]) => [formField(field), message])
  return { kind: 'refused', form: invalidForm(Object.fromEntries(errors)), retypeSecrets: null }
}

/** The form calls the details by their own names. */
function formField(field: string | undefined): string | undefined {
  return field?.replace(/^details\./, '')
}

function answer(result: Result<SaveOutcome>): SaveAnswer {
  return result.ok ? result.value : refused(result.error)
}

export async function createInstanceAction(input: unknown): Promise<SaveAnswer> {
  const actor = await requireActor()
  const parsed = createInstanceSchema.safeParse(input)
  if (!parsed.success) return invalid(parsed.error)
  return answer(await createInstance(actor, parsed.data, startAuthorisation))
}

export async function saveInstanceAction(input: unknown): Promise<SaveAnswer> {
  const actor = await requireActor()
  const parsed = saveInstanceSchema.safeParse(input)
  if (!parsed.success) return invalid(parsed.error)
  const saved = await saveInstance(actor, parsed.data, startAuthorisation)
  if (saved.ok && saved.value.kind === 'saved') refresh()
  return answer(saved)
}

export async function testInstanceAction(input: unknown): Promise<TestAnswer> {
  const actor = await requireActor()
  const parsed = testInstanceSchema.safeParse(input)
  if (!parsed.success) return invalid(parsed.error)
  const tested = await testInstance(actor, parsed.data)
  return tested.ok ? { kind: 'tested', report: tested.value } : refused(tested.error)
}

const unreadable = () => refuse('invalid_input', 'This could not be read. Reload the page and try again.')

/** *Check now*. */
export async function checkInstanceAction(input: unknown): Promise<Result<VerificationReport>> {
  const actor = await requireActor()
  const parsed = instanceIdSchema.safeParse(input)
  if (!parsed.success) return unreadable()
  const checked = await checkInstance(actor, parsed.data.instanceId)
  refresh()
  return checked
}

/** Drops the values that wait; what is in force stays. */
export async function discardPendingAction(input: unknown): Promise<Result<null>> {
  const actor = await requireActor()
  const parsed = instanceIdSchema.safeParse(input)
  if (!parsed.success) return unreadable()
  const discarded = await discardPending(actor, parsed.data.instanceId)
  refresh()
  return discarded
}

export async function discardInstanceAction(input: unknown): Promise<Result<{ name: string }>> {
  const actor = await requireActor()
  const parsed = instanceIdSchema.safeParse(input)
  return parsed.success ? discardInstance(actor, parsed.data.instanceId) : unreadable()
}

export async function deleteInstanceAction(
  input: unknown,
): Promise<Result<{ name: string; revocation: RevocationOutcome | null }>> {
  const actor = await requireActor()
  const parsed = deleteInstanceSchema.safeParse(input)
  return parsed.success ? deleteInstance(actor, parsed.data) : unreadable()
}
