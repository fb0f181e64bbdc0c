'use client'

import { useFormContext } from '@/components/forms/form-context'
import { Field } from '@/components/forms/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { rateLimitUnits, type RateLimitUnit } from '@/lib/domain/vocabulary'

/** A number of requests, and the time span that it applies to. */
export function RateLimitFields({ amount, unit }: { amount: number | null; unit: RateLimitUnit | null }) {
  const form = useFormContext()
  const startUnit = form.values.rateLimitUnit ?? unit ?? 'second'
  return (
    <Field
      label="Default rate limit"
      error={form.errors.rateLimitAmount}
      help="Requests over the limit wait. Leave empty for no limit."
    >
      {({ required: _required, ...control }) => (
        <span className="flex items-center gap-2">
          <Input
            name="rateLimitAmount"
            inputMode="numeric"
            className="tabular max-w-28"
            defaultValue={form.values.rateLimitAmount ?? amount ?? ''}
            {...control}
          />
          <span className="shrink-0 text-sm text-muted">per</span>
          <Select
            key={startUnit}
            name="rateLimitUnit"
            aria-label="Rate limit per"
            className="w-auto!"
            defaultValue={startUnit}
          >
            {Object.entries(rateLimitUnits).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </span>
      )}
    </Field>
  )
}
