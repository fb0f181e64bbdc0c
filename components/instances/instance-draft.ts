import {
  certificateInput,
  isStaged,
  keepCertificate,
  type CertificateDraft,
} from '@/components/instances/certificate-draft'
import type { TypedValues } from '@/components/instances/credentials-draft'
import { detailsDraft, sameDetails, type DetailsDraft } from '@/components/instances/details-draft'
import { oneParam, type SearchParams } from '@/lib/platform/lists/list-page'
import type { SaveInstance } from '@/lib/instances/schema'
import type { InstanceDetail } from '@/lib/instances/views'

/** *Instance settings* while they are edited: one draft for all tabs, saved together (rule R8). */
export type InstanceDraft = {
  details: DetailsDraft
  typed: TypedValues
  certificate: CertificateDraft
  /** Typed before somebody else saved, and stored sealed: secrets by variable, and a certificate. */
  waiting: { values: readonly string[]; certificate: 'replace' | 'remove' | null }
}

export const instanceTabs = {
  details: 'Instance details',
  authentication: 'Authentication',
  certificates: 'Certificates',
  timeline: 'Timeline',
} as const
export type InstanceTab = keyof typeof instanceTabs
export const tabNames = Object.keys(instanceTabs) as InstanceTab[]

/** The tab that the address names, otherwise the first one. */
export function tabIn(search: SearchParams): InstanceTab {
  const tab = oneParam(search, 'tab')
  return Object.hasOwn(instanceTabs, tab) ? (tab as InstanceTab) : 'details'
}

export function instanceDraft(instance: Pick<InstanceDetail, 'details' | 'inherited'>): InstanceDraft {
  return {
    details: detailsDraft(instance.details, instance.inherited),
    typed: {},
    certificate: keepCertificate,
    waiting: { values: [], certificate: null },
  }
}

export function changedTabs(instance: InstanceDetail, draft: InstanceDraft): InstanceTab[] {
  const changed: Record<InstanceTab, boolean> = {
    details: !sameDetails(draft.details, detailsDraft(instance.details, instance.inherited)),
    authentication: Object.keys(draft.typed).length > 0 || draft.waiting.values.length > 0,
    certificates: isStaged(draft.certificate) || draft.waiting.certificate !== null,
    timeline: false,
  }
  return tabNames.filter((tab) => changed[tab])
}

/** "Unsaved changes in Instance details and Authentication". */
export function unsavedMessage(tabs: InstanceTab[]): string {
  const names = tabs.map((tab) => instanceTabs[tab])
  return `Unsaved changes in ${new Intl.ListFormat('en-GB').format(names)}`
}

/** A text that changes with every save, and when an authorisation is started, finished or discarded. */
export function versionOf({ revision, pending, overtaken }: InstanceDetail): string {
  return `${revision} ${pending?.expiresAt ?? ''} ${overtaken?.changedBy.at ?? ''}`
}

export function credentialsInput({ typed, certificate }: Pick<InstanceDraft, 'typed' | 'certificate'>) {
  return { values: typed, certificate: certificateInput(certificate) }
}

export function saveInput(instance: InstanceDetail, draft: InstanceDraft, intent: SaveInstance['intent']) {
  return {
    instanceId: instance.id,
    revision: instance.revision,
    details: draft.details,
    ...credentialsInput(draft),
    waiting: { values: [...draft.waiting.values], certificate: draft.waiting.certificate !== null },
    intent,
  }
}

/** The tab that contains the first field with an error. */
export function tabOf(fieldErrors: Record<string, string>): InstanceTab | null {
  const [field] = Object.keys(fieldErrors)
  if (field === undefined) return null
  if (field.startsWith('values')) return 'authentication'
  return field.startsWith('certificate') ? 'certificates' : 'details'
}
