'use client'

import { useState } from 'react'
import { FilterReference } from '@/components/forms/template-reference-filters'
import { NameReference } from '@/components/forms/template-reference-names'
import { Input } from '@/components/ui/input'
import { reservedNameDescriptions, type NameDescription } from '@/lib/platform/forms/reserved-name-words'
import { templateFilters } from '@/lib/platform/forms/template-filters'

const further: NameDescription[] = [
  {
    name: 'step1.name',
    description: 'The value that a token request stored from its response as “name”; step1 to step5',
    where: 'In the token requests after it',
  },
  {
    name: '[[payload.path]]',
    description: 'A value of the payload, written in square brackets and without filters',
    where: 'In endpoint requests of a process flow',
  },
  {
    name: '[[meta.key]]',
    description: 'A value stored with the payload',
    where: 'In endpoint requests of a process flow',
  },
  {
    name: '[[flow.name]]',
    description: 'A variable of the flow',
    where: 'In endpoint requests of a process flow',
  },
  {
    name: '[[run.id]], [[run.as_of]]',
    description: 'The ID of the run, and the time that its relative dates count from',
    where: 'In endpoint requests of a process flow',
  },
]

function has(typed: string, ...texts: string[]): boolean {
  return texts.some((text) => text.toLowerCase().includes(typed))
}

/** Every filter with an example and its result, and every name that is not a variable. */
export function TemplateReference() {
  const [typed, setTyped] = useState('')
  const search = typed.trim().toLowerCase()
  const filters = templateFilters.filter(({ name, description, group }) => has(search, name, description, group))
  const names = [...reservedNameDescriptions, ...further].filter(({ name, description, where }) =>
    has(search, name, description, where),
  )
  return (
    <div className="grid gap-5">
      <p className="text-muted">
        Write a value as <code>{'{{ key }}'}</code>. Add filters after <code>|</code>; they are applied from left to
        right. The argument of a filter is text in quotes, a number or the name of a variable.
      </p>
      <Input
        type="search"
        aria-label="Search filters and names"
        placeholder="Search filters and names…"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {filters.length > 0 && <FilterReference filters={filters} />}
      {names.length > 0 && <NameReference names={names} />}
      {filters.length + names.length === 0 && <p role="status">No filter or name matches “{typed.trim()}”.</p>}
    </div>
  )
}
