'use client'

import { useState } from 'react'
import type { TypeFacts } from '@/components/authentication-methods/type-facts'
import { typeChoices } from '@/components/authentication-methods/type-groups'
import { SelectField } from '@/components/forms/select-field'
import { SearchBox } from '@/components/ui/search-box'
import type { AuthenticationType } from '@/lib/domain/vocabulary'

type TypeFieldProps = {
  type: AuthenticationType | ''
  onChange: (type: AuthenticationType | '') => void
  types: TypeFacts
}

/** *Select an authentication method*: each type once, with a search that also finds other names of it. */
export function TypeField({ type, onChange, types }: TypeFieldProps) {
  const [search, setSearch] = useState('')
  const found = typeChoices(search)
  const options = found.flatMap((group) => group.options)
  const searchFor = (text: string) => {
    setSearch(text)
    const left = typeChoices(text).flatMap((group) => group.options)
    const [only] = left
    if (text.trim() !== '' && left.length === 1 && only) onChange(only.value)
    else if (!left.some(({ value }) => value === type)) onChange('')
  }
  return (
    <div className="grid gap-2">
      <SelectField
        name="type"
        label="Select an authentication method"
        required
        placeholder={options.length === 0 ? 'No type has this name' : 'Choose a type'}
        help={
          type === '' ? 'How this API authenticates its callers. You can’t change this later.' : types[type].description
        }
        options={found}
        value={type}
        onChange={(event) => onChange(event.target.value as AuthenticationType | '')}
      />
      <SearchBox
        label="Search types"
        placeholder="Search types, for example “API key”"
        value={search}
        onChange={searchFor}
        maxLength={100}
      />
    </div>
  )
}
