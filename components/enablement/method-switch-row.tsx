'use client'

import { SwitchField } from '@/components/forms/switch-field'
import { counted } from '@/lib/domain/counted'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import type { MethodSwitch } from '@/lib/enablement/views'

type MethodSwitchRowProps = {
  method: MethodSwitch
  enabled: boolean
  pending: boolean
  error: string
  canChange: boolean
  onToggle: (on: boolean) => void
}

export function MethodSwitchRow({ method, enabled, pending, error, canChange, onToggle }: MethodSwitchRowProps) {
  const instances = counted(method.instances, 'instance')
  return (
    <li className="px-4 py-3">
      <SwitchField
        label={method.name}
        help={`${authenticationTypes[method.type]} · ${instances}`}
        checked={enabled}
        pending={pending}
        disabled={!canChange}
        onChange={(event) => !pending && onToggle(event.target.checked)}
      />
      <p role="alert" className="text-sm text-bad">
        {error}
      </p>
    </li>
  )
}
