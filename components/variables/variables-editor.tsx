'use client'

import { Plus, Variable } from 'lucide-react'
import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { lazyPart } from '@/components/ui/lazy-part'
import { Table } from '@/components/ui/table'
import { useOpenPart } from '@/components/ui/use-open-part'
import { VariableRow } from '@/components/variables/variable-row'
import { reorderVariablesAction } from '@/lib/variables/actions'
import type { VariableOwner, VariableView } from '@/lib/variables/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

const dialogsPart = lazyPart(() => import('@/components/variables/variable-dialogs'))

type VariablesEditorProps = {
  owner: VariableOwner
  /** The revision of the owner, which every change of a variable increases (rule R12). */
  revision: number
  variables: VariableView[]
  canChange: boolean
}

const purpose = {
  connector:
    'Values that several methods or endpoints need, such as the account’s name in the address. Each method chooses which of them it uses.',
  method: 'Values that the person who adds an instance enters, such as a user name.',
  endpoint: 'Values that are set in the connection shape that calls this endpoint, such as an order ID.',
}

type Open = { kind: 'edit'; variable: VariableView | null } | { kind: 'remove'; variable: VariableView } | null

/** The variables of a connector, a method or an endpoint: each change is saved separately. */
export function VariablesEditor({ owner, revision, variables, canChange }: VariablesEditorProps) {
  const [open, setOpen] = useState<Open>(null)
  const dialogs = useOpenPart(dialogsPart, open !== null, () => setOpen(null))
  const [reorderVariables, moving] = useAction(reorderVariablesAction, unansweredResult)
  const move = async (from: number, to: number) => {
    const order = variables.map((variable) => variable.id)
    order.splice(to, 0, ...order.splice(from, 1))
    const result = await reorderVariables({ owner, revision, order })
    if (!result.ok) toast.error(result.error.message)
  }
  const add = canChange && (
    <Button onClick={() => setOpen({ kind: 'edit', variable: null })}>
      <Plus aria-hidden />
      Add variable
    </Button>
  )
  return (
    <div className="grid gap-4">
      {variables.length === 0 ? (
        <EmptyState icon={Variable} title="No variables yet" actions={add}>
          {purpose[owner.level]}
        </EmptyState>
      ) : (
        <>
          <Table label="Variables" className="table-fixed">
            <thead>
              <tr>
                <th scope="col">Variable</th>
                <th scope="col" className="w-44 max-md:hidden">
                  Flags
                </th>
                <th scope="col" className="w-1/5 max-lg:hidden">
                  Default value
                </th>
                <th scope="col" className="w-28 max-md:hidden">
                  Set by
                </th>
                <td className="h-8! w-30 py-0!">
                  <span className="sr-only">Actions</span>
                </td>
              </tr>
            </thead>
            <tbody aria-busy={moving}>
              {variables.map((variable, index) => (
                <VariableRow
                  key={variable.id}
                  variable={variable}
                  canChange={canChange}
                  onEdit={() => setOpen({ kind: 'edit', variable })}
                  onRemove={() => setOpen({ kind: 'remove', variable })}
                  onMoveUp={index > 0 && !moving ? () => move(index, index - 1) : undefined}
                  onMoveDown={index < variables.length - 1 && !moving ? () => move(index, index + 1) : undefined}
                />
              ))}
            </tbody>
          </Table>
          {add && <div>{add}</div>}
        </>
      )}
      {dialogs && open?.kind === 'edit' && (
        <dialogs.VariableDialog
          owner={owner}
          revision={revision}
          variable={open.variable}
          open
          onOpenChange={(stays) => !stays && setOpen(null)}
        />
      )}
      {dialogs && open?.kind === 'remove' && (
        <dialogs.RemoveVariableDialog
          owner={owner}
          revision={revision}
          variable={open.variable}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  )
}
