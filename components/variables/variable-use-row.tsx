'use client'

import { Badge } from '@/components/ui/badge'
import { Checkbox } from '@/components/ui/checkbox'
import { Switch } from '@/components/ui/switch'
import type { VariableDefinition } from '@/lib/domain/definitions'
import type { UseFlags } from '@/lib/variables/views'

type VariableUseRowProps = {
  variable: VariableDefinition
  use: UseFlags | null
  disabled: boolean
  onChange: (use: UseFlags | null) => void
}

const flagLabels = { required: 'Required', configurable: 'Configurable', advanced: 'Advanced' } as const

/** One connector variable with its *Use* switch and, while it is used, the method's own flags for it. */
export function VariableUseRow({ variable, use, disabled, onChange }: VariableUseRowProps) {
  const { required, configurable, advanced } = variable
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 py-3">
      <div className="grid min-w-0 grow basis-56 gap-0.5">
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium break-words">{variable.displayName}</span>
          {variable.secret && <Badge tone="accent">Secret</Badge>}
        </span>
        <code className="text-xs break-all text-muted">{variable.key}</code>
      </div>
      {use && (
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
          <legend className="sr-only">How this method asks for {variable.displayName}</legend>
          {(['required', 'configurable', 'advanced'] as const).map((flag) => (
            <label key={flag} className="flex items-center gap-1.5">
              <Checkbox
                checked={use[flag]}
                disabled={disabled}
                onChange={(event) => onChange({ ...use, [flag]: event.target.checked })}
              />
              {flagLabels[flag]}
            </label>
          ))}
        </fieldset>
      )}
      <label className="flex items-center gap-2 text-sm">
        <span>
          Use<span className="sr-only"> {variable.displayName}</span>
        </span>
        <Switch
          checked={use !== null}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked ? { required, configurable, advanced } : null)}
        />
      </label>
    </li>
  )
}
