'use client'

import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Section } from '@/components/ui/section'
import { nameSome } from '@/lib/domain/names'
import { deleteInstanceAction } from '@/lib/instances/actions'
import type { InstanceDetail } from '@/lib/instances/views'

/** *Danger*: only an instance that no flow uses can go, and its name is typed first (rule R11). */
export function DeleteInstance({ instance }: { instance: Pick<InstanceDetail, 'id' | 'name' | 'usedBy'> }) {
  const router = useRouter()
  const { id, name, usedBy } = instance
  const remove = async () => {
    const deleted = await deleteInstanceAction({ instanceId: id, typedName: name })
    if (!deleted.ok) return deleted.error.message
    toast.success(`“${deleted.value.name}” deleted`)
    router.replace('/connectors')
  }
  const flows = nameSome(usedBy.flows.map((flow) => flow.name), usedBy.flowCount)
  return (
    <Section title="Danger">
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border px-4 py-3">
        <p className="min-w-0 grow basis-72 break-words text-muted">
          {usedBy.flowCount === 0
            ? 'Deletes the instance with its credentials, tokens and certificate. This cannot be undone.'
            : `Used by ${flows}. Choose another instance there first; until then it cannot be deleted.`}
        </p>
        <ConfirmDialog
          title={`Delete ${name}?`}
          confirmLabel="Delete instance"
          typeToConfirm={name}
          danger
          trigger={<Button variant="danger-quiet">Delete instance</Button>}
          onConfirm={remove}
        >
          <p>Its credentials, tokens and certificate go with it. This cannot be undone.</p>
        </ConfirmDialog>
      </div>
    </Section>
  )
}
