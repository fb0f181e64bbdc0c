import 'server-only'
import type { MethodPlan } from '@/lib/authentication-methods/plan-method'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Variable } from '@/lib/platform/db/generated/client'

/** How replacing a method changes its variables. They are matched by key, so that values stay. */
export type VariableComparison = {
  added: MethodPlan['variables']
  matched: { row: Variable; planned: MethodPlan['variables'][number] }[]
  removed: Variable[]
  /** Not in the document but not removed, because an instance, a flow or the method has a value. */
  kept: Variable[]
}

type Row = Variable & { _count: { instanceValues: number; shapeValues: number; methodValues: number } }

export async function compareVariables(
  db: WorkspaceDb | WorkspaceTransaction,
  methodId: string,
  plan: MethodPlan,
): Promise<VariableComparison> {
  const counted = { select: { instanceValues: true, shapeValues: true, methodValues: true } }
  const rows: Row[] = await db.variable.findMany({
    where: { methodId },
    include: { _count: counted },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  })
  const plannedOf = (key: string) => plan.variables.find((planned) => planned.key === key)
  const gone = rows.filter(({ key }) => !plannedOf(key))
  return {
    added: plan.variables.filter(({ key }) => !rows.some((row) => row.key === key)),
    matched: rows.flatMap((row) => {
      const planned = plannedOf(row.key)
      return planned ? [{ row, planned }] : []
    }),
    removed: gone.filter((row) => !mustStay(row)),
    kept: gone.filter(mustStay),
  }
}

/** A locked variable cannot be removed (rule R13), and values that people typed are not deleted. */
function mustStay({ locked, _count: { instanceValues, shapeValues, methodValues } }: Row): boolean {
  return locked || instanceValues + shapeValues + methodValues > 0
}
