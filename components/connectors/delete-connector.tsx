'use client'

import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Section } from '@/components/ui/section'
import { deleteConnectorAction } from '@/lib/connectors/actions'
import type { ConnectorHeader } from '@/lib/connectors/views'

/** Rule R11: only a connector without instances can go, and its name is typed first. */
export function DeleteConnector({ connector }: { connector: ConnectorHeader }) {
  const router = useRouter()
  const { id, name, instances } = connector
  const remove = async () => {
    const result = await deleteConnectorAction({ connectorId: id, typedName: name })
    if (!result.ok) return result.error.message
    toast.success(`“${result.value.name}” deleted`)
    router.replace('/connectors')
  }
  return (
    <Section title="Danger">
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border px-4 py-3">
        <p className="min-w-0 basis-72 grow text-muted">
          {instances === 0
            ? 'Deletes the connector with its variables, authentication methods and endpoints. This cannot be undone.'
            : `It has ${instances.toLocaleString('en-GB')} ${instances === 1 ? 'instance' : 'instances'}, and cannot be deleted before ${instances === 1 ? 'that is' : 'those are'}.`}
        </p>
        <ConfirmDialog
          title={`Delete ${name}?`}
          confirmLabel="Delete connector"
          typeToConfirm={name}
          danger
          trigger={<Button variant="danger-quiet">Delete connector</Button>}
          onConfirm={remove}
        >
          <p>Its variables, authentication methods and endpoints go with it. This cannot be undone.</p>
        </ConfirmDialog>
      </div>
    </Section>
  )
}
