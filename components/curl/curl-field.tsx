'use client'

import type { CurlReading } from '@/lib/imports/curl-views'
import { CurlPreview } from '@/components/curl/curl-preview'
import { TextareaField } from '@/components/forms/textarea-field'
import { Spinner } from '@/components/ui/spinner'

type CurlFieldProps = {
  command: string
  onCommand: (text: string) => void
  error?: string
  isReading: boolean
  reading: CurlReading | null
}

/** Where a curl command is pasted, and what was understood. Its text may contain secrets, so that no tab stores it. */
export function CurlField({ command, onCommand, error, isReading, reading }: CurlFieldProps) {
  return (
    <>
      <div data-secret>
        <TextareaField
          name="command"
          label="curl command"
          help="From the API’s documentation or a terminal; in a browser’s developer tools, choose Copy as cURL."
          required
          rows={7}
          mono
          spellCheck={false}
          autoComplete="off"
          placeholder={'curl https://api.example.com/orders \\\n  -H "Authorization: Bearer $TOKEN"'}
          value={command}
          onChange={(event) => onCommand(event.target.value)}
          error={error}
        />
      </div>
      {isReading && <Spinner label="Reading the command" />}
      {reading && <CurlPreview reading={reading} />}
    </>
  )
}
