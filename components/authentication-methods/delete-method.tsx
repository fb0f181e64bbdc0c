'use client'

import { useRouter } from 'next/navigation'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Section } from '@/components/ui/section'
import { deleteMethodAction } from '@/lib/authentication-methods/actions'
import type { MethodDetail } from '@/lib/authentication-methods/views'

/** *Danger*: deleting a method, refused while instances use it (rule R11). */
export function DeleteMethod({ method }: { method: MethodDetail }) {
  const router = useRouter()
  const { instances, instanceCount, enabledEndpoints } = method.usedBy
  const remove = async () => {
    const deleted = await deleteMethodAction({ methodId: method.id, typedName: method.name })
    if (!deleted.ok) return deleted.error.message
    router.push(`/connectors/${method.connectorId}/authentication`)
  }
  return (
    <Section title="Danger">
      {instanceCount > 0 ? (
        <Alert tone="info" title="This method cannot be deleted while instances use it">
          Used by {instances.map(({ name }) => name).join(', ')}
          {instanceCount > instances.length && ` and ${instanceCount - instances.length} more`}.
        </Alert>
      ) : (
        <div>
          <ConfirmDialog
            title={`Delete ${method.name}?`}
            confirmLabel="Delete authentication method"
            typeToConfirm={method.name}
            danger
            trigger={<Button variant="danger">Delete authentication method</Button>}
            onConfirm={remove}
          >
            <p>
              The method, its variables and its switches on {enabledEndpoints} {enabledEndpoints === 1 ? 'endpoint' : 'endpoints'} are removed. This cannot be undone.
            </p>
          </ConfirmDialog>
        </div>
      )}
    </Section>
  )
}
