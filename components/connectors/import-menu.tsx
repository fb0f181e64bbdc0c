'use client'

import { ChevronDown, FileInput, FlaskConical } from 'lucide-react'
import { startTransition, useActionState, useEffect, useState } from 'react'
import { toast } from 'sonner'
import { ImportConnectorDialog } from '@/components/connection-documents/import-connector-dialog'
import { Button } from '@/components/ui/button'
import { DropdownMenu } from '@/components/ui/dropdown-menu'
import { idleForm } from '@/lib/platform/forms/form-state'
import { installSandboxConnectorAction } from '@/lib/imports/sandbox/actions'

/** Connectors from elsewhere: a document, and the sandbox where it can be reached. */
export function ImportMenu({ sandbox }: { sandbox: boolean }) {
  const [state, install, pending] = useActionState(installSandboxConnectorAction, idleForm)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (state.status === 'invalid') toast.error(state.message ?? Object.values(state.fieldErrors)[0])
  }, [state])
  const fromDocument = { label: 'Import a connection document', icon: FileInput, onSelect: () => setOpen(true) }
  const fromSandbox = {
    label: 'Install the sandbox connector',
    icon: FlaskConical,
    onSelect: () => startTransition(() => install(new FormData())),
  }
  return (
    <>
      <DropdownMenu
        trigger={
          <Button pending={pending}>
            Import
            <ChevronDown aria-hidden />
          </Button>
        }
        items={sandbox ? [fromDocument, fromSandbox] : [fromDocument]}
      />
      <ImportConnectorDialog open={open} onOpenChange={setOpen} />
    </>
  )
}
