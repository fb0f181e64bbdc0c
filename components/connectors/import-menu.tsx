'use client'

import { ChevronDown, FlaskConical } from 'lucide-react'
import { startTransition, useActionState, useEffect } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { DropdownMenu } from '@/components/ui/dropdown-menu'
import { idleForm } from '@/lib/forms/form-state'
import { installSandboxConnectorAction } from '@/lib/sandbox-connector/actions'

/** Connectors that come ready-made. */
export function ImportMenu() {
  const [state, install, pending] = useActionState(installSandboxConnectorAction, idleForm)
  useEffect(() => {
    if (state.status === 'invalid') toast.error(state.message ?? Object.values(state.fieldErrors)[0])
  }, [state])
  return (
    <DropdownMenu
      trigger={
        <Button pending={pending}>
          Import
          <ChevronDown aria-hidden />
        </Button>
      }
      items={[{ label: 'Install the sandbox connector', icon: FlaskConical, onSelect: () => startTransition(install) }]}
    />
  )
}
