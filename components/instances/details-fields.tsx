'use client'

import type { DetailsDraft } from '@/components/instances/details-draft'
import { TimeZoneField } from '@/components/forms/time-zone-field'
import { Field } from '@/components/forms/field'
import { TextField } from '@/components/forms/text-field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { rateLimitUnits, type RateLimitUnit } from '@/lib/domain/vocabulary'
import type { InheritedDetails } from '@/lib/instances/views'

type DetailsFieldsProps = {
  draft: DetailsDraft
  inherited: InheritedDetails
  onChange: (draft: DetailsDraft) => void
  errors: Record<string, string>
  canChange: boolean
}

const dateFormats = ['YYYY-MM-DD', 'YYYY-MM-DDTHH:mm:ssZ', 'YYYY-MM-DD HH:mm:ss', 'DD/MM/YYYY', 'MM/DD/YYYY', 'X']

/** Time zone, date format, limits, external ID and labels: the optional details of an instance. */
export function DetailsFields({ draft, inherited, onChange, errors, canChange }: DetailsFieldsProps) {
  const change = (part: Partial<DetailsDraft>) => onChange({ ...draft, ...part })
  return (
    <>
      <TimeZoneField
        value={draft.timeZone}
        onChange={(timeZone) => change({ timeZone })}
        help="Used for dates and times without a time zone."
        error={errors.timeZone}
        disabled={!canChange}
      />
      <TextField
        name="dateFormat"
        label="Date format"
        mono
        maxLength={60}
        list="instance-date-formats"
        placeholder={inherited.dateFormat}
        value={draft.dateFormat}
        readOnly={!canChange}
        error={errors.dateFormat}
        onChange={(event) => change({ dateFormat: event.target.value })}
        help="Leave empty to use the format of the connector."
      />
      <datalist id="instance-date-formats">
        {dateFormats.map((format) => (
          <option key={format} value={format} />
        ))}
      </datalist>
      <RateLimitField
        draft={draft}
        inherited={inherited}
        change={change}
        error={errors.rateLimitAmount}
        canChange={canChange}
      />
      <TextField
        name="maxConcurrent"
        label="Simultaneous requests"
        inputMode="numeric"
        className="max-w-60"
        value={draft.maxConcurrent}
        readOnly={!canChange}
        error={errors.maxConcurrent}
        onChange={(event) => change({ maxConcurrent: event.target.value })}
        help="Maximum number of requests at the same time. Leave empty for no limit."
      />
      <TextField
        name="externalId"
        label="External ID"
        maxLength={200}
        value={draft.externalId}
        readOnly={!canChange}
        error={errors.externalId}
        onChange={(event) => change({ externalId: event.target.value })}
        help="The ID of this account in another system. It must be unique among the instances of this connector."
      />
      <TextField
        name="labels"
        label="Labels"
        value={draft.labels}
        readOnly={!canChange}
        error={errors.labels}
        onChange={(event) => change({ labels: event.target.value })}
        help="Separate several with commas. Instances can be found by them."
      />
    </>
  )
}

type RateLimitFieldProps = {
  draft: DetailsDraft
  inherited: InheritedDetails
  change: (part: Partial<DetailsDraft>) => void
  error?: string
  canChange: boolean
}

function RateLimitField({ draft, inherited, change, error, canChange }: RateLimitFieldProps) {
  const { rateLimitAmount: amount, rateLimitUnit: unit } = inherited
  const otherwise =
    amount === null
      ? 'Leave empty for no limit.'
      : `Default: ${amount.toLocaleString('en-GB')} per ${rateLimitUnits[unit ?? 'second']}, from the connector.`
  return (
    <Field label="Rate limit" error={error} help={`Requests over the limit wait. ${otherwise}`}>
      {({ required: _required, ...control }) => (
        <span className="flex items-center gap-2">
          <Input
            name="rateLimitAmount"
            inputMode="numeric"
            className="tabular max-w-28"
            placeholder={amount === null ? undefined : String(amount)}
            value={draft.rateLimitAmount}
            readOnly={!canChange}
            onChange={(event) => change({ rateLimitAmount: event.target.value })}
            {...control}
          />
          <span className="shrink-0 text-sm text-muted">requests per</span>
          <Select
            name="rateLimitUnit"
            aria-label="Rate limit per"
            className="w-auto!"
            value={draft.rateLimitUnit}
            disabled={!canChange}
            onChange={(event) => change({ rateLimitUnit: event.target.value as RateLimitUnit })}
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
