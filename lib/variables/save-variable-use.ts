import 'server-only'
import { compareFields, fact } from '@/lib/domain/history/compare-values'
import type { FieldChange } from '@/lib/domain/history/field-change'
import { recordAudit } from '@/lib/platform/audit/record'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { VariableUse } from '@/lib/platform/db/generated/client'
import type { Actor } from '@/lib/domain/access/actor'
import { refuse, succeed } from '@/lib/domain/result'
import { isShown } from '@/lib/domain/variables/resolve-variables'
import { hostChangeQuestion } from './host-change'
import { reviseOwner } from './owner'
import { type SaveVariableUse, saveVariableUseSchema, useFlags } from './schema'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'

/** The flags of a variable that the method did not use. */
const noFlags = { required: false, configurable: false, advanced: false }

/**
 * *Use* of a connector variable by a method, with the method's own flags; `use: null` ends it. The definition is shared
 * (DATA §3).
 */
export const saveVariableUse = operation({
  name: 'save_variable_use',
  permission: 'change',
  input: saveVariableUseSchema,
  output: z.strictObject({ revision: z.int() }),
  run: async ({ actor, transaction }, input) => {
    return transaction(async (tx) => {
      const where = { id: input.variableId, connectorId: input.connectorId, level: 'connector' as const }
      const variable = await tx.variable.findFirst({
        where,
        select: { key: true, displayName: true, required: true, configurable: true, advanced: true },
      })
      if (!variable) return refuse('not_found', 'This connector variable no longer exists. Reload the page.')
      const owner = { level: 'method' as const, connectorId: input.connectorId, ownerId: input.methodId }
      const flagsNow = await tx.variableUse.findFirst({
        where: { methodId: input.methodId, variableId: input.variableId },
      })
      // A variable that is never shown uses its default, even if an instance has a value for it.
      if (isShown(flagsNow ?? variable) !== isShown(input.use ?? variable)) {
        const host = await hostChangeQuestion(tx, actor, owner, { keys: [variable.key], variableId: null })
        if (!host.ok) return host
      }
      const revised = await reviseOwner(tx, actor, owner, input.revision)
      if (!revised.ok) return revised
      await writeUse(tx, actor, input)
      await recordAudit(tx, actor, {
        action: input.use ? 'use_variable' : 'stop_using_variable',
        objectType: 'variable',
        objectId: input.variableId,
        objectName: variable.displayName,
        partOfId: input.methodId,
        changes: [...fact('of', revised.value.name), ...flagChanges(flagsNow, input.use)],
      })
      return succeed({ revision: revised.value.revision })
    })
  },
})

function flagChanges(before: VariableUse | null, after: SaveVariableUse['use']): FieldChange[] {
  return after === null ? [] : compareFields(useFlags, { ...noFlags, ...before }, after)
}

async function writeUse(
  tx: WorkspaceTransaction,
  actor: Actor,
  { connectorId, methodId, variableId, use }: SaveVariableUse,
): Promise<void> {
  if (use === null) {
    await tx.variableUse.deleteMany({ where: { methodId, variableId } })
    return
  }
  const position = await tx.variableUse.count({ where: { methodId } })
  await tx.variableUse.upsert({
    where: { methodId_variableId: { methodId, variableId } },
    create: { workspaceId: actor.workspaceId, connectorId, methodId, variableId, position, ...use },
    update: use,
  })
}
