'use client'

import type { ReactNode } from 'react'
import { CredentialField } from '@/components/instances/credential-field'
import { withTyped, type TypedValues } from '@/components/instances/credentials-draft'
import { FoldedFields } from '@/components/instances/folded-fields'
import type { InstanceFields, InstanceFieldView } from '@/lib/instances/views'

type CredentialFieldsProps = {
  fields: InstanceFields
  typed: TypedValues
  onChange: (typed: TypedValues) => void
  errors: Record<string, string>
  /** Why stored secrets have to be typed again (DATA §6). */
  retypeReason?: string
  canChange: boolean
  /** Further fields in the collapsed part. */
  advanced?: ReactNode
  /** Whether one of them has an error. */
  advancedOpen?: boolean
}

/** The values that the method needs from an instance. The advanced ones are collapsed. */
export function CredentialFields({
  fields,
  typed,
  onChange,
  errors,
  retypeReason,
  canChange,
  advanced,
  advancedOpen = false,
}: CredentialFieldsProps) {
  const draw = (field: InstanceFieldView) => (
    <CredentialField
      key={field.variable.id}
      field={field}
      typed={typed[field.variable.id]}
      onType={(value) => onChange(withTyped(typed, field, value))}
      error={errors[`values.${field.variable.id}`]}
      retypeReason={retypeReason}
      canChange={canChange}
    />
  )
  const wrong = fields.advanced.some(({ variable }) => errors[`values.${variable.id}`])
  return (
    <>
      {fields.main.map(draw)}
      {fields.main.length + fields.advanced.length === 0 && (
        <p className="text-muted">This method asks for no credentials.</p>
      )}
      {(fields.advanced.length > 0 || advanced) && (
        <FoldedFields title="Advanced" open={wrong || advancedOpen}>
          {fields.advanced.map(draw)}
          {advanced}
        </FoldedFields>
      )}
    </>
  )
}
