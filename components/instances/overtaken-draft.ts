import { keepCertificate } from '@/components/instances/certificate-draft'
import { detailsDraft } from '@/components/instances/details-draft'
import { instanceDraft, type InstanceDraft } from '@/components/instances/instance-draft'
import {
  draftOfParts,
  instanceParts,
  type InstanceParts,
  type VersionedInstance,
} from '@/components/instances/instance-versions'
import { mergeVersions, same, valueAt, type Merged } from '@/lib/platform/forms/versions'
import type { InstanceDetail, InstanceFieldView, InstanceFields, OvertakenView } from '@/lib/instances/views'

/** What the form begins with: what is stored, or what the person typed before they were overtaken, joined with it. */
export type FirstDraft = { draft: InstanceDraft; merged: Merged<InstanceParts> | null }

/** The form when somebody else's save is found: the instance, what is typed over it, and the versions shown. */
export type OpenForm = { base: InstanceDetail; draft: InstanceDraft; merged: Merged<InstanceParts> | null }

/** @param open what is typed in the browser, over what waited: it counts as the person's version */
export function firstDraft(instance: InstanceDetail, open?: OpenForm): FirstDraft {
  const { overtaken } = instance
  if (overtaken === null) return { draft: instanceDraft(instance), merged: null }
  const theirs = instanceParts(instance)
  const merged = open?.base.overtaken ? mergedAgain(open, theirs) : mergedFirst(instance, overtaken, open)
  // Both saved the same: there is nothing to choose.
  if (merged.conflicts.length === 0 && same(merged.draft, theirs))
    return { draft: instanceDraft(instance), merged: null }
  return { draft: draftOfParts(instance, merged.draft), merged }
}

function mergedFirst(
  instance: InstanceDetail,
  { before, yours }: OvertakenView,
  open: OpenForm | undefined,
): Merged<InstanceParts> {
  const { inherited } = instance
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
  const version = open
    ? instanceParts(open.base, { ...open.draft, waiting })
    : instanceParts(versionBefore, {
        details: detailsDraft(yours.details, inherited),
        typed: yours.values,
        certificate: keepCertificate,
        waiting,
      })
  return mergeVersions(instanceParts(versionBefore), version, instanceParts(instance))
}

/**
 * After another save while the person chooses: the draft contains their choices, and what both began with is the version
 * over which they chose. A choice stays open as long as the two versions differ.
 */
function mergedAgain({ base, draft, merged: shown }: OpenForm, theirs: InstanceParts): Merged<InstanceParts> {
  const again = mergeVersions(instanceParts(base), instanceParts(base, draft), theirs)
  const isAt = (path: readonly string[]) => (other: readonly string[]) => other.join('.') === path.join('.')
  const open = (shown?.conflicts ?? [])
    .filter(({ path }) => !again.conflicts.some((conflict) => isAt(path)(conflict.path)))
    .map(({ path, yours }) => ({ path, yours, theirs: valueAt(theirs, path) }))
    .filter((conflict) => !same(conflict.yours, conflict.theirs))
  return {
    draft: again.draft,
    conflicts: [...open, ...again.conflicts],
    taken: again.taken.filter((path) => !open.some((conflict) => isAt(path)(conflict.path))),
  }
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
