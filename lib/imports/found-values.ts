import 'server-only'
import { seal } from '@/lib/platform/crypto/seal'
import { Prisma } from '@/lib/platform/db/generated/client'
import type { InstanceValues } from './postman/map-postman'

/** Values that a document has for instances, until these exist or the import ends. They are secrets. */

/** What is known about a set of values without opening it. */
export type FoundValues = {
  /** The name of its method in the document. */
  method: string
  /** Empty without one. */
  environment: string
  /** How many. */
  values: number
  /** The key of the method in the connector, once it was written; null if it was left out. */
  key?: string | null
}

type Owner = { workspaceId: string; importId: string }

/** The row and field that the values of an import are sealed for. */
export const valuesAddress = ({ workspaceId, importId }: Owner) => ({
  ...{ workspaceId, table: 'Import', rowId: importId, field: 'sealedValues' },
})

/** The columns of an import without values, or after they were used. */
export const withoutValues = { foundValues: Prisma.DbNull, sealedValues: null, createsInstances: null }

export function columnsOf(instances: readonly InstanceValues[], owner: Owner) {
  if (instances.length === 0) return withoutValues
  const found: FoundValues[] = instances.map(({ method, environment, values }) => ({
    ...{ method, environment, values: Object.keys(values).length },
  }))
  return {
    foundValues: found,
    sealedValues: seal(JSON.stringify(instances), valuesAddress(owner)),
    createsInstances: null,
  }
}

/** Of a stored import; empty if its values are not needed any more. */
export function foundValuesOf(row: { foundValues: unknown; sealedValues: string | null }): FoundValues[] {
  return row.sealedValues === null ? [] : ((row.foundValues ?? []) as FoundValues[])
}
