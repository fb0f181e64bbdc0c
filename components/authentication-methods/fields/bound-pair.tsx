'use client'

import { useBound, useSetup } from '@/components/authentication-methods/setup-context'
import { TextField } from '@/components/forms/text-field'

type Half = { key: string; label: string; help?: string; placeholder?: string }
type Pair = Record<string, string>

/** Two texts that belong together. If both are empty, the draft contains neither. */
export function BoundPair({ name, one, other }: { name: string; one: Half; other: Half }) {
  const { errors } = useSetup()
  const { value, set, readOnly } = useBound<Pair | null>(name)
  const change = (key: string, text: string) => {
    const pair = { [one.key]: '', [other.key]: '', ...value, [key]: text }
    set(Object.values(pair).every((part) => part === '') ? null : pair)
  }
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      {[one, other].map(({ key, ...half }) => (
        <TextField
          key={key}
          name={`${name}.${key}`}
          mono
          maxLength={512}
          value={value?.[key] ?? ''}
          readOnly={readOnly}
          error={errors[`${name}.${key}`]}
          onChange={(event) => change(key, event.target.value)}
          {...half}
        />
      ))}
    </div>
  )
}
