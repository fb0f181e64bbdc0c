'use client'

import { useId, type ComponentProps } from 'react'
import { TextField } from '@/components/forms/text-field'

type EntityTypeFieldProps = Omit<ComponentProps<typeof TextField>, 'name' | 'label' | 'list'> & {
  suggestions: string[]
}

/** Free text; the connector's entity types are suggested. */
export function EntityTypeField({ suggestions, ...rest }: EntityTypeFieldProps) {
  const id = useId()
  return (
    <>
      <TextField
        name="entityType"
        label="Entity type"
        list={id}
        autoComplete="off"
        maxLength={80}
        placeholder="Orders"
        {...rest}
      />
      <datalist id={id}>
        {suggestions.map((entityType) => (
          <option key={entityType} value={entityType} />
        ))}
      </datalist>
    </>
  )
}
