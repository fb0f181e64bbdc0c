'use client'

import type { EndpointTabProps } from '@/components/endpoints/endpoint-draft'
import { TextField } from '@/components/forms/text-field'

/** Where the records are in the answer. */
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
      help="JSONPath of the records in the answer: how many there are is shown with every response. Left empty, the whole answer is one record."
      onChange={(event) => change({ dataPath: event.target.value })}
    />
  )
}
