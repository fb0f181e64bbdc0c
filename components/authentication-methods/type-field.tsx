'use client'

import { Search } from 'lucide-react'
import { useState } from 'react'
import { typeChoices } from '@/components/authentication-methods/type-groups'
import { SelectField } from '@/components/forms/select-field'
import { Input } from '@/components/ui/input'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { AuthenticationType } from '@/lib/domain/vocabulary'

type TypeFieldProps = { type: AuthenticationType | ''; onChange: (type: AuthenticationType | '') => void }

/** *Select an authentication method*: each type once, with a search that knows other names of it. */
export function TypeField({ type, onChange }: TypeFieldProps) {
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
          type === ''
            ? 'How this API authenticates its callers. You can’t change this later.'
            : authenticationTypeDefinitions[type].description
        }
        options={found}
        value={type}
        onChange={(event) => onChange(event.target.value as AuthenticationType | '')}
      />
      <div className="relative">
        <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
        <Input
          type="search"
          aria-label="Search types"
          placeholder="Search types, for example “API key”"
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={search}
          onChange={(event) => searchFor(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          className="pl-8"
        />
      </div>
    </div>
  )
}
