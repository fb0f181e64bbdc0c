import { certificateInput, keepCertificate, type CertificateDraft } from '@/components/instances/certificate-draft'
import { allFields, fieldErrors as credentialErrors, type TypedValues } from '@/components/instances/credentials-draft'
import { detailsDraft, type DetailsDraft } from '@/components/instances/details-draft'
import type { InstanceDetail, MethodChoice, NewInstanceView } from '@/lib/instances/views'

/** What was typed for a new instance; secrets are only here, in the browser (DATA §12). */
export type NewInstanceDraft = {
  details: DetailsDraft
  methodId: string
  /** By method, so that nothing is lost when another method is chosen. */
  typed: Record<string, TypedValues>
  certificate: CertificateDraft
}

/** The draft for a copy: everything except secrets, the name and the external ID. */
export function duplicateDraft({ details, inherited, method, fields }: InstanceDetail): NewInstanceDraft {
  const plain = allFields(fields).filter(({ variable, value }) => !variable.secret && value !== null)
  return {
    details: { ...detailsDraft(details, inherited), name: '', externalId: '' },
    methodId: method.id,
    typed: { [method.id]: Object.fromEntries(plain.map(({ variable, value }) => [variable.id, value ?? ''])) },
    certificate: keepCertificate,
  }
}

export function newInstanceDraft({ proposedName, inherited, methods }: NewInstanceView): NewInstanceDraft {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return {
    details: {
      name: proposedName,
      timeZone,
      dateFormat: '',
      rateLimitAmount: '',
      rateLimitUnit: inherited.rateLimitUnit ?? 'second',
      maxConcurrent: '',
      externalId: '',
      labels: '',
    },
    methodId: methods.length === 1 ? methods[0]!.id : '',
    typed: {},
    certificate: keepCertificate,
  }
}

export function chosenMethod(draft: NewInstanceDraft, methods: MethodChoice[]): MethodChoice | null {
  return methods.find(({ id }) => id === draft.methodId) ?? null
}

/** Errors by field name, in the order of the page. The server checks everything again. */
export async function draftErrors(
  draft: NewInstanceDraft,
  method: MethodChoice | null,
): Promise<Record<string, string>> {
  // The schemas are loaded here and not with the page. If that fails, the server finds the errors.
  const details = await import('@/components/instances/details-errors').catch(() => null)
  const { name, ...advanced } = details?.detailsErrors(draft.details) ?? {}
  const credentials = method
    ? credentialErrors(method.fields, draft.typed[method.id] ?? {})
    : { methodId: 'Choose an authentication method.' }
  return { ...(name !== undefined && { name }), ...credentials, ...advanced }
}

export function createInput({ connector }: NewInstanceView, draft: NewInstanceDraft, withoutVerifying: boolean) {
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
