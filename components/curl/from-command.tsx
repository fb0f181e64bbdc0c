import { Button } from '@/components/ui/button'
import { counted } from '@/lib/domain/counted'
import { bodyFormats } from '@/lib/domain/vocabulary'
import type { CurlReading } from '@/lib/imports/curl-views'

type FromCommandProps = Pick<CurlReading['endpoint'], 'bodyFormat' | 'parameters' | 'variables'> & {
  onRemove: () => void
}

/** What a new endpoint gets from a curl command besides the fields of its form. */
export function FromCommand({ bodyFormat, parameters, variables, onRemove }: FromCommandProps) {
  const parts = [
    ...(bodyFormat === 'none' ? [] : [`a body (${bodyFormats[bodyFormat]})`]),
    ...(parameters.length === 0 ? [] : [counted(parameters.length, 'parameter')]),
    ...(variables.length === 0 ? [] : [counted(variables.length, 'variable')]),
  ]
  if (parts.length === 0) return null
  return (
    <p className="flex flex-wrap items-center justify-between gap-2 rounded-md border px-3 py-1.5 text-sm">
      From the curl command: {parts.join(', ')}.
      <Button size="sm" onClick={onRemove}>
        Remove
      </Button>
    </p>
  )
}
