'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import type { ConnectorDefinition } from '@/lib/domain/definitions'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { effectiveDefinitions, isShown } from '@/lib/domain/variables/resolve-variables'

type SampleValuesProps = {
  connector: ConnectorDefinition
  method: MethodDefinition
  samples: ReadonlyMap<string, string>
  onSamples: (samples: ReadonlyMap<string, string>) => void
}

/**
 * Sample values for the preview of the requests. They stay in the browser: they are neither sent nor stored. Secrets
 * have no sample values.
 */
export function SampleValues({ connector, method, samples, onSamples }: SampleValuesProps) {
  const [open, setOpen] = useState(false)
  const variables = effectiveDefinitions({ connector, method }).filter(
    (variable) => !variable.secret && isShown(variable),
  )
  if (variables.length === 0) return null
  const change = (id: string, value: string) => {
    const changed = new Map(samples)
    if (value === '') changed.delete(id)
    else changed.set(id, value)
    onSamples(changed)
  }
  return (
    <div className="grid gap-2">
      <div>
        <Button size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          Sample values{samples.size > 0 && ` (${samples.size})`}
        </Button>
      </div>
      {open && (
        <div role="group" aria-label="Sample values" className="grid gap-2">
          <p className="text-xs text-muted">Only for this preview: they stay in your browser and are not saved.</p>
          {variables.map(({ id, key, displayName, defaultValue }) => (
            <label key={id} className="grid grid-cols-[8rem_1fr] items-center gap-2">
              <span className="truncate" title={displayName || key}>
                {displayName || key}
              </span>
              <Input
                mono
                placeholder={defaultValue || key}
                value={samples.get(id) ?? ''}
                maxLength={512}
                onChange={(event) => change(id, event.target.value)}
              />
            </label>
          ))}
        </div>
      )}
    </div>
  )
}
