import 'server-only'
import { seal } from '@/lib/platform/crypto/seal'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { compareValues } from '@/lib/domain/history/compare-values'
import type { FieldChange } from '@/lib/domain/history/field-change'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { TypedValue } from './instance-settings'

type Owner = { id: string; connectorId: string; methodId: string }
type SettableVariable = { id: string; key: string; displayName: string; secret: boolean }
/**
 * Stores typed values, with secrets sealed. Values that are not listed stay unchanged (rule R10).
 * @returns what changed, for the audit log
 */
export async function storeInstanceValues(
  tx: WorkspaceTransaction,
  actor: Actor,
  instance: Owner,
  typed: TypedValue[],
): Promise<Result<FieldChange[]>> {
  const settable = await settableVariables(tx, instance)
  const earlier = new Map((await earlierValues(tx, instance.id)).map((row) => [row.variableId, row.value]))
  const changes: FieldChange[] = []
  for (const { variableId, value } of typed) {
    const variable = settable.get(variableId)
    if (!variable)
      return refuse(
        'invalid_input',
        'A value names a variable that this authentication method does not ask for. Reload the page.',
        `values.${variableId}`,
      )
    const was = earlier.has(variableId) ? (earlier.get(variableId) ?? null) : undefined
    if (!variable.secret && was === value) continue
    if (value === null && was === undefined) continue
    await storeValue(tx, actor, instance, variable, value)
    changes.push(...valueChange(variable, was, value))
  }
  return succeed(changes)
}

/**
 * The change for the audit log. For a secret it contains only what happened.
 * @param was the earlier value; null if it is sealed, undefined if there was none
 */
function valueChange(variable: SettableVariable, was: string | null | undefined, value: string | null): FieldChange[] {
  const { key, displayName: of, secret } = variable
  if (!secret) return compareValues('value', was ?? null, value, { of, nameOf: () => key })
  const replaced = was === undefined ? 'set' : 'replaced'
  return [{ field: 'value', of, how: value === null ? 'removed' : replaced }]
}

/** Variables of the connector and of the instance's own method. No others may have a value (rule R4). */
async function settableVariables(
  tx: WorkspaceTransaction,
  { connectorId, methodId }: Owner,
): Promise<Map<string, SettableVariable>> {
  const rows = await tx.variable.findMany({
    where: { connectorId, OR: [{ level: 'connector' }, { level: 'method', methodId }] },
    select: { id: true, key: true, displayName: true, secret: true },
  })
  return new Map(rows.map((row) => [row.id, row]))
}

function earlierValues(tx: WorkspaceTransaction, instanceId: string) {
  return tx.instanceValue.findMany({ where: { instanceId }, select: { variableId: true, value: true } })
}

async function storeValue(
  tx: WorkspaceTransaction,
  actor: Actor,
  instance: Owner,
  variable: SettableVariable,
  value: string | null,
): Promise<void> {
  await tx.instanceValue.deleteMany({ where: { instanceId: instance.id, variableId: variable.id } })
  if (value === null) return
  const id = newId()
  const { workspaceId } = actor
  const content = variable.secret
    ? { sealedValue: seal(value, { workspaceId, table: 'InstanceValue', rowId: id, field: 'sealedValue' }) }
    : { value }
  await tx.instanceValue.create({
    data: {
      id,
      workspaceId,
      connectorId: instance.connectorId,
      instanceId: instance.id,
      variableId: variable.id,
      setById: userIdOf(actor),
      ...content,
    },
  })
}
