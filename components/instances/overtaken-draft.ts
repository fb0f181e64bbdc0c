import { keepCertificate } from '@/components/instances/certificate-draft'
import { detailsDraft } from '@/components/instances/details-draft'
import { instanceDraft, type InstanceDraft } from '@/components/instances/instance-draft'
import {
  draftOfParts,
  instanceParts,
  type InstanceParts,
  type VersionedInstance,
} from '@/components/instances/instance-versions'
import { mergeVersions, type Merged } from '@/lib/platform/forms/versions'
import type { InstanceDetail, InstanceFieldView, InstanceFields } from '@/lib/instances/views'

/** What the form begins with: what is stored, or what the person typed before they were overtaken, joined with it. */
export type FirstDraft = { draft: InstanceDraft; merged: Merged<InstanceParts> | null }

/** @param typed what is typed in the browser, over what waited: it counts as the person's version */
export function firstDraft(
  instance: InstanceDetail,
  typed?: { base: InstanceDetail; draft: InstanceDraft },
): FirstDraft {
  const { overtaken, inherited } = instance
  if (overtaken === null) return { draft: instanceDraft(instance), merged: null }
  const { before, yours } = overtaken
  const versionBefore: VersionedInstance = {
    details: before.details,
    inherited,
    fields: withFields(instance.fields, ({ variable: { id } }) => ({
      value: before.values[id]?.value ?? '',
      setAt: before.values[id]?.setAt ?? null,
    })),
    certificate: before.certificate === null ? null : { fingerprint: before.certificate },
  }
  const waiting = { values: yours.secretIds, certificate: yours.certificate }
  const version = typed
    ? instanceParts(typed.base, { ...typed.draft, waiting })
    : instanceParts(versionBefore, {
        details: detailsDraft(yours.details, inherited),
        typed: yours.values,
        certificate: keepCertificate,
        waiting,
      })
  const merged = mergeVersions(instanceParts(versionBefore), version, instanceParts(instance))
  return { draft: draftOfParts(instance, merged.draft), merged }
}

/** Marks the secrets that are stored since before the other person's save. */
export function markWaiting(fields: InstanceFields, { waiting }: InstanceDraft): InstanceFields {
  if (waiting.values.length === 0) return fields
  return withFields(fields, ({ variable: { id }, isSet, waiting: alreadyWaits }) => {
    const waits = waiting.values.includes(id)
    return { isSet: isSet || waits, waiting: alreadyWaits || waits }
  })
}

function withFields(
  fields: InstanceFields,
  change: (field: InstanceFieldView) => Partial<InstanceFieldView>,
): InstanceFields {
  const changed = (field: InstanceFieldView) => ({ ...field, ...change(field) })
  return { main: fields.main.map(changed), advanced: fields.advanced.map(changed) }
}
