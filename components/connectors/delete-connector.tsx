'use client'

import { useRouter } from 'next/navigation'
import { RevokeTokens } from '@/components/connectors/revoke-tokens'
import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { DeletionSection } from '@/components/ui/deletion-section'
import { deleteConnectorAction } from '@/lib/connectors/actions'
import type { ConnectorHeader } from '@/lib/connectors/views'
import { counted } from '@/lib/domain/counted'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** Rule R11: only a connector without instances can be deleted. */
export function DeleteConnector({ connector, canRevoke }: { connector: ConnectorHeader; canRevoke: boolean }) {
  const router = useRouter()
  const [deleteConnector] = useAction(deleteConnectorAction, unansweredResult)
  const { id, name, instances } = connector
  const remove = async () => {
    const deleted = await deleteConnector({ connectorId: id, typedName: name })
    if (!deleted.ok) return deleted.error.message
    toast.success(`“${deleted.value.name}” deleted`)
    router.replace('/connectors')
  }
  return (
    <DeletionSection
      noun="connector"
      name={name}
      losses="its variables, authentication methods and endpoints"
      obstacle={
        instances === 0
          ? null
          : `Used by ${counted(instances, 'instance')}. Delete ${instances === 1 ? 'it' : 'them'} first; until then the connector cannot be deleted.`
      }
      onDelete={remove}
      others={canRevoke && instances > 0 && <RevokeTokens connectorId={id} name={name} />}
    />
  )
}
