'use client'

import type { EndpointTabProps } from '@/components/endpoints/endpoint-draft'
import { TextField } from '@/components/forms/text-field'

/** Where the records are in the response. */
export function ResponseTab({ draft, change, errors, canChange }: EndpointTabProps) {
  return (
    <TextField
      name="dataPath"
      label="Data path"
      mono
      autoComplete="off"
      spellCheck={false}
      maxLength={512}
      className="max-w-xl"
      placeholder="$.orders[*]"
      value={draft.dataPath}
      readOnly={!canChange}
      error={errors.dataPath}
      help="JSONPath of the records, which are counted for every response. Leave empty to treat the whole response as one record."
      onChange={(event) => change({ dataPath: event.target.value })}
    />
  )
}
