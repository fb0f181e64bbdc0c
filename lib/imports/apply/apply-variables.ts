import 'server-only'
import type { DefaultVariable } from '@/lib/domain/authentication/types'
import { pickFields } from '@/lib/domain/field-list'
import { sameJson } from '@/lib/domain/same-json'
import { succeed, type Result } from '@/lib/domain/result'
import { within } from '@/lib/operations/operation'
import { variableDefinition } from '@/lib/platform/db/read-definition'
import { addVariable } from '@/lib/variables/create-variable'
import { removeVariable } from '@/lib/variables/delete-variable'
import { findOwner, ownerColumns } from '@/lib/variables/owner'
import { variableFields } from '@/lib/variables/schema'
import { changeVariable } from '@/lib/variables/update-variable'
import type { VariableOwner } from '@/lib/variables/views'
import { about, type Applying } from './applying'

/**
 * Makes the variables of a connector or an endpoint those of the document; they are matched by key, so that values stay.
 * @param removes whether to remove the others, or else to add and change
 */
export async function applyVariables(
  { context, tx, ask }: Applying,
  owner: VariableOwner,
  planned: readonly DefaultVariable[],
  { removes }: { removes: boolean },
): Promise<Result<null>> {
  const rows = await tx.variable.findMany({ where: ownerColumns(owner) })
  const based = async () => ({ owner, revision: (await findOwner(tx, owner))?.revision ?? 0 })
  if (removes) {
    for (const { id: variableId, key, displayName } of rows) {
      if (planned.some((variable) => variable.key === key)) continue
      const removing = { ...(await based()), variableId }
      const step = within(context, tx, 'delete_variable')
      const deleted = await ask(`Variable “${displayName}”`, (confirmed) =>
        removeVariable(step, { ...removing, confirmed }),
      )
      if (!deleted.ok) return about('Variable', displayName, deleted)
    }
    return succeed(null)
  }
  for (const each of planned) {
    const variable = { ...pickFields(variableFields, each), options: [...each.options] }
    const row = rows.find(({ key }) => key === each.key)
    if (row && sameJson(pickFields(variableFields, variableDefinition(row)), variable)) continue
    const writing = { ...(await based()), variable }
    const written = await ask(`Variable “${each.displayName}”`, (confirmed) =>
      row
        ? changeVariable(within(context, tx, 'update_variable'), { ...writing, confirmed, variableId: row.id })
        : addVariable(within(context, tx, 'create_variable'), { ...writing, confirmed }),
    )
    if (!written.ok) return about('Variable', each.displayName, written)
  }
  return succeed(null)
}
