import { certificateInput, keepCertificate, type CertificateDraft } from '@/components/instances/certificate-draft'
import { fieldErrors as credentialErrors, type TypedValues } from '@/components/instances/credentials-draft'
import type { DetailsDraft } from '@/components/instances/details-draft'
import { fieldErrorsOf } from '@/lib/platform/forms/form-state'
import { instanceDetailsSchema } from '@/lib/instances/schema'
import type { InheritedDetails, MethodChoice, NewInstanceView } from '@/lib/instances/views'

export const wizardSteps = ['Instance name', 'Time and limits', 'Authentication method', 'Credentials'] as const

/**
 * All that was typed so far, whatever step it belongs to; secrets live here, in the browser, and nowhere else (DATA
 * §12).
 */
export type WizardDraft = {
  details: DetailsDraft
  methodId: string
  /** By method, so that trying another one loses nothing. */
  typed: Record<string, TypedValues>
  certificate: CertificateDraft
}

export function wizardDraft(inherited: InheritedDetails, methods: MethodChoice[]): WizardDraft {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return {
    details: {
      name: '',
      timeZone,
      dateFormat: '',
      rateLimitAmount: '',
      rateLimitUnit: inherited.rateLimitUnit ?? 'second',
      maxConcurrent: '',
    },
    methodId: methods.length === 1 ? methods[0]!.id : '',
    typed: {},
    certificate: keepCertificate,
  }
}

export function chosenMethod(draft: WizardDraft, methods: MethodChoice[]): MethodChoice | null {
  return methods.find(({ id }) => id === draft.methodId) ?? null
}

/** What keeps the person on a step; the server checks it all again at the end. */
export function stepErrors(step: number, draft: WizardDraft, method: MethodChoice | null): Record<string, string> {
  if (step === 2) return method ? {} : { methodId: 'Choose an authentication method.' }
  if (step === 3) return method ? credentialErrors(method.fields, draft.typed[method.id] ?? {}) : {}
  const parsed = instanceDetailsSchema.safeParse(draft.details)
  const errors = parsed.success ? {} : fieldErrorsOf(parsed.error)
  return Object.fromEntries(Object.entries(errors).filter(([field]) => stepOf(field) === step))
}

export function stepOf(field: string): number {
  if (field === 'name') return 0
  if (field === 'methodId') return 2
  return field.startsWith('values') || field.startsWith('certificate') ? 3 : 1
}

export function createInput({ connector }: NewInstanceView, draft: WizardDraft, withoutVerifying: boolean) {
  const { details, methodId, typed, certificate } = draft
  return {
    connectorId: connector.id,
    methodId,
    details,
    values: typed[methodId] ?? {},
    certificate: certificateInput(certificate),
    withoutVerifying,
  }
}
