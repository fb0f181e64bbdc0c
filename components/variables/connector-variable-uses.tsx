'use client'

import { Variable } from 'lucide-react'
import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { VariableUseRow } from '@/components/variables/variable-use-row'
import { saveVariableUseAction } from '@/lib/variables/actions'
import type { ConnectorVariableUse, UseFlags } from '@/lib/variables/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type ConnectorVariableUsesProps = {
  connectorId: string
  methodId: string
  /** The revision of the method, which each change increases. */
  revision: number
  uses: ConnectorVariableUse[]
  canChange: boolean
}

/**
 * Which of the connector's variables a method uses, and how instances are asked for them. The definition of a variable
 * is edited at the connector.
 */
export function ConnectorVariableUses({
  connectorId,
  methodId,
  revision,
  uses,
  canChange,
}: ConnectorVariableUsesProps) {
  const [saveUse, pending] = useAction(saveVariableUseAction, unansweredResult)
  const save = async (variableId: string, use: UseFlags | null) => {
    const result = await saveUse({ connectorId, methodId, revision, variableId, use })
    if (!result.ok) toast.error(result.error.message)
  }
  const toVariables = <ButtonLink href={`/connectors/${connectorId}/variables`}>Connector variables</ButtonLink>
  if (uses.length === 0) {
    return (
      <EmptyState icon={Variable} title="The connector has no variables" actions={toVariables}>
        If several methods need the same value, define it once, on the connector. Each method then chooses here whether
        to use it.
      </EmptyState>
    )
  }
  return (
    <ul className="divide-y border-y" aria-busy={pending}>
      {uses.map(({ variable, use }) => (
        <VariableUseRow
          key={variable.id}
          variable={variable}
          use={use}
          disabled={!canChange || pending}
          onChange={(next) => save(variable.id, next)}
        />
      ))}
    </ul>
  )
}
