'use server'

import { redirect } from 'next/navigation'
import { refuse, type Result } from '@/lib/domain/result'
import { fieldErrorsOf, invalidForm, refusedForm, type FormState } from '@/lib/platform/forms/form-state'
import { requireActor } from '@/lib/platform/session/actor'
import { importConnector, importMethod } from './document-mutations'
import { previewMethodDocument } from './document-queries'
import { replaceMethod } from './replace-method'
import {
  importConnectorSchema,
  importMethodSchema,
  previewDocumentSchema,
  replaceMethodSchema,
} from './document-schema'
import type { MethodPreview } from './document-views'

/** Says what a document would add, before it is added. */
export async function previewMethodDocumentAction(input: unknown): Promise<Result<MethodPreview>> {
  const actor = await requireActor()
  const parsed = previewDocumentSchema.safeParse(input)
  if (!parsed.success)
    return refuse(
      'invalid_input',
      Object.values(fieldErrorsOf(parsed.error))[0] ?? 'This could not be read.',
      'document',
    )
  return previewMethodDocument(actor, parsed.data)
}

/** Leads to the new method. */
export async function importMethodAction(input: unknown): Promise<FormState> {
  const actor = await requireActor()
  const parsed = importMethodSchema.safeParse(input)
  if (!parsed.success) return invalidForm(fieldErrorsOf(parsed.error))
  const imported = await importMethod(actor, parsed.data)
  if (!imported.ok) return refusedForm(imported.error)
  redirect(`/connectors/${parsed.data.connectorId}/authentication/${imported.value.id}`)
}

/** Leads to the method; a refusal with the code `confirmation_needed` is a question to the person. */
export async function replaceMethodAction(input: unknown): Promise<Result<never>> {
  const actor = await requireActor()
  const parsed = replaceMethodSchema.safeParse(input)
  if (!parsed.success)
    return refuse(
      'invalid_input',
      Object.values(fieldErrorsOf(parsed.error))[0] ?? 'This could not be read.',
      'document',
    )
  const replaced = await replaceMethod(actor, parsed.data)
  if (!replaced.ok) return replaced
  redirect(`/connectors/${parsed.data.connectorId}/authentication/${replaced.value.id}`)
}

/** Leads to the new connector. */
export async function importConnectorAction(input: unknown): Promise<FormState> {
  const actor = await requireActor()
  const parsed = importConnectorSchema.safeParse(input)
  if (!parsed.success) return invalidForm(fieldErrorsOf(parsed.error))
  const imported = await importConnector(actor, parsed.data)
  if (!imported.ok) return refusedForm(imported.error)
  redirect(`/connectors/${imported.value.id}`)
}
