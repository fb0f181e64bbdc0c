import 'server-only'
import { compareValues } from '@/lib/domain/history/compare-values'
import type { FieldChange } from '@/lib/domain/history/field-change'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'

/** What an edit of a connection shape changed, for the audit log. */

const include = {
  instance: { select: { name: true } },
  endpoint: { select: { name: true } },
  values: {
    include: {
      variable: { select: { key: true, displayName: true, secret: true } },
      parameter: { select: { key: true } },
    },
    // Needed to compare secrets: a secret is sealed again only when it is typed again.
    omit: { sealedValue: false },
    orderBy: { id: 'asc' },
  },
} as const satisfies Prisma.ShapeInclude

export type ComparedShape = Prisma.ShapeGetPayload<{ include: typeof include }>

/** A shape as `changesSince` compares it. */
export function comparedShape(
  tx: WorkspaceTransaction,
  where: { id: string; flowVersionId?: string },
): Promise<ComparedShape | null> {
  return tx.shape.findFirst({ where, include })
}

/** Compares the earlier shape with the current one, in the transaction that changed it. */
export async function changesSince(tx: WorkspaceTransaction, before: ComparedShape): Promise<FieldChange[]> {
  const after = await comparedShape(tx, { id: before.id })
  if (!after) return []
  return [
    ...compareValues('name', before.name, after.name),
    ...compareValues('instance', before.instance?.name, after.instance?.name),
    ...compareValues('endpoint', before.endpoint?.name, after.endpoint?.name),
    ...compareValues('timeoutSeconds', before.timeoutSeconds, after.timeoutSeconds),
    ...valueChanges(before.values, after.values),
  ]
}

type Value = ComparedShape['values'][number]

function valueChanges(before: readonly Value[], after: readonly Value[]): FieldChange[] {
  const [was, is] = [byOwner(before), byOwner(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((owner) => {
    const [one, other] = [was.get(owner), is.get(owner)]
    const { variable, parameter } = (other ?? one)!
    const name = variable?.key ?? parameter?.key ?? ''
    return compareValues('value', contentOf(one), contentOf(other), {
      of: variable?.displayName ?? name,
      nameOf: () => name,
      secret: variable?.secret === true,
    })
  })
}

function byOwner(values: readonly Value[]): Map<string, Value> {
  return new Map(values.map((value) => [value.variableId ?? value.parameterId ?? '', value]))
}

/** For a secret its sealed value, which is compared but never shown. */
function contentOf(value: Value | undefined): string | null {
  return value === undefined ? null : ((value.value ?? value.sealedValue) as string | null)
}
