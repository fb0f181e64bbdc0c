import { RadioGroupField } from '@/components/forms/radio-group-field'
import { TextField } from '@/components/forms/text-field'
import type { ExistingMethod, MethodPreview } from '@/lib/imports/document-views'
import { authenticationTypes } from '@/lib/domain/vocabulary'

/** What a document becomes: a new method with a name, or a replacement for the method that has its name. */
export type Target = { kind: 'new'; name: string } | { kind: 'replace' }

type ImportTargetProps = {
  preview: MethodPreview
  target: Target
  onTarget: (target: Target) => void
  nameError?: string
}

export function ImportTarget({ preview: { existing, name, type }, target, onTarget, nameError }: ImportTargetProps) {
  const freeName = existing ? `${name} (imported)` : name
  return (
    <>
      {existing && (
        <RadioGroupField
          name="target"
          label={`This connector already has a method called ${existing.name}`}
          value={target.kind}
          onValueChange={(kind) => onTarget(kind === 'replace' ? { kind } : { kind: 'new', name: freeName })}
          options={[
            { value: 'new', label: 'Import as new', description: 'Added next to it, off on every endpoint.' },
            {
              value: 'replace',
              label: `Replace ${existing.name}`,
              description: replacement(existing, type),
              disabled: existing.type !== type,
            },
          ]}
        />
      )}
      {target.kind === 'new' && (
        <TextField
          name="name"
          label="Name of the new method"
          required
          maxLength={120}
          value={target.name}
          onChange={(event) => onTarget({ kind: 'new', name: event.target.value })}
          error={nameError}
        />
      )}
    </>
  )
}

function replacement({ type: own, instances, removed, kept }: ExistingMethod, type: ExistingMethod['type']): string {
  if (own !== type)
    return `Not possible: it has the type ${authenticationTypes[own]}, the document has the type ${authenticationTypes[type]}, and the type of a method cannot change.`
  const stays =
    instances === 0
      ? 'Its endpoints stay switched on.'
      : `Its endpoints stay switched on, and its ${instances === 1 ? 'instance keeps its' : `${instances} instances keep their`} values.`
  return [
    stays,
    removed.length > 0 &&
      `Removed, because the document does not contain ${removed.length === 1 ? 'it' : 'them'}: ${removed.join(', ')}.`,
    kept.length > 0 &&
      `Not removed, although the document does not contain ${kept.length === 1 ? 'it' : 'them'}, because ${kept.length === 1 ? 'it has' : 'they have'} values: ${kept.join(', ')}.`,
  ]
    .filter(Boolean)
    .join(' ')
}
