'use client'

import type { ReactNode } from 'react'
import { expiryLabels, type ExpiryChoice, type KeyDraft } from '@/components/api-keys/key-draft'
import { LimitPicker } from '@/components/api-keys/limit-picker'
import { CheckboxField } from '@/components/forms/checkbox-field'
import { RadioGroupField } from '@/components/forms/radio-group-field'
import { SelectField } from '@/components/forms/select-field'
import { TextField } from '@/components/forms/text-field'
import { roleDescriptions, roleLabels, type Role } from '@/lib/domain/access/roles'

type KeyFieldsProps = {
  draft: KeyDraft
  onChange: (draft: KeyDraft) => void
  errors: Record<string, string>
  /** The expiry that the key has, in words; null if it has none. */
  kept?: ReactNode
  autoFocus?: boolean
}

const roleOptions = Object.entries(roleLabels).map(([value, label]) => ({ value, label }))
const expiryOptions = Object.entries(expiryLabels).map(([value, label]) => ({ value, label }))
const cannotCall = 'A key with this role cannot call endpoints. Choose User or a higher role.'

/** The fields of an API key. */
export function KeyFields({ draft, onChange, errors, kept = null, autoFocus = false }: KeyFieldsProps) {
  const change = (part: Partial<KeyDraft>) => onChange({ ...draft, ...part })
  const { role, callOnly } = draft
  return (
    <>
      <TextField
        name="name"
        label="Name"
        required
        autoFocus={autoFocus}
        autoComplete="off"
        maxLength={120}
        value={draft.name}
        error={errors.name}
        onChange={(event) => change({ name: event.target.value })}
        help="What uses the key, for example “Nightly export”. Activity shows this name."
      />
      <SelectField
        name="role"
        label="Role"
        required
        options={roleOptions}
        value={role}
        error={errors.role}
        onChange={(event) => change({ role: event.target.value as Role })}
        help={callOnly && role === 'read_only' ? cannotCall : roleDescriptions[role]}
      />
      <RadioGroupField
        name="limits"
        label="Limit to"
        value={draft.limits}
        error={errors.limits}
        onValueChange={(limits) => change({ limits: limits as KeyDraft['limits'] })}
        options={[
          { value: 'workspace', label: 'The whole workspace', description: 'Everything that the role allows.' },
          {
            value: 'some',
            label: 'Some connectors or instances',
            description: 'Nothing else can be seen or used with the key.',
          },
        ]}
      />
      {draft.limits === 'some' && <LimitPicker limited={draft.limited} onChange={(limited) => change({ limited })} />}
      <CheckboxField
        name="callOnly"
        label="Only call endpoints"
        checked={callOnly}
        error={errors.callOnly}
        onChange={(event) => change({ callOnly: event.target.checked })}
        help="The key can list instances and their endpoints and call them, and do nothing else."
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          name="expiresAt"
          label="Expires"
          required
          options={kept === null ? expiryOptions : [{ value: 'keep', label: 'As it is now' }, ...expiryOptions]}
          value={draft.expiresAt}
          error={draft.expiresAt === 'date' ? undefined : errors.expiresAt}
          onChange={(event) => change({ expiresAt: event.target.value as ExpiryChoice })}
          help={draft.expiresAt === 'keep' ? kept : undefined}
        />
        {draft.expiresAt === 'date' && (
          <TextField
            name="expiryDate"
            type="date"
            label="Expiry date"
            required
            value={draft.expiryDate}
            error={errors.expiresAt}
            onChange={(event) => change({ expiryDate: event.target.value })}
            help="At the end of this day."
          />
        )}
      </div>
    </>
  )
}
