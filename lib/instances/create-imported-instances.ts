import 'server-only'
import type { Actor } from '@/lib/domain/access/actor'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { foundValuesOf, valuesAddress, withoutValues, type FoundValues } from '@/lib/imports/found-values'
import { importActor } from '@/lib/imports/import-actor'
import { linesOf } from '@/lib/imports/import-rows'
import { importJob, type ImportJob } from '@/lib/imports/jobs/read-import'
import type { ReportLine } from '@/lib/imports/openapi/report'
import type { InstanceValues } from '@/lib/imports/postman/map-postman'
import { sealedIn, unseal } from '@/lib/platform/crypto/seal'
import { workspaceDb, type WorkspaceDb } from '@/lib/platform/db/client'
import { job } from '@/lib/platform/jobs/job'
import { createInstance } from './create-instance'
import { loadFields } from './load-fields'

type Owner = ImportJob & { connectorId: string }

/**
 * Creates instances with the values of an imported document, in the name of the actor who imported it. What prevents
 * one is a line of the report; the connector stays. The values are deleted with the last one.
 */
export async function createImportedInstances({ workspaceId, importId }: ImportJob): Promise<void> {
  const db = workspaceDb(workspaceId)
  const row = await db.import.findFirst({
    where: { id: importId, state: 'imported', createsInstances: true, sealedValues: { not: null } },
    select: { sealedValues: true, foundValues: true, connectorId: true, requestedBy: true, done: true },
  })
  const sealed = row && sealedIn(row, 'sealedValues')
  if (!row || sealed === null || row.connectorId === null) return
  const instances = JSON.parse(unseal(sealed, valuesAddress({ workspaceId, importId }))) as InstanceValues[]
  const found = foundValuesOf(row)
  const actor = await importActor(db, row.requestedBy)
  const owner = { workspaceId, importId, connectorId: row.connectorId }
  // One that was interrupted continues behind the last instance that was created.
  for (const [index, { environment, values }] of instances.entries()) {
    if (index < row.done) continue
    const name = nameOf(found, index)
    const line = await addOne(actor, owner, { name, key: found[index]?.key ?? null, environment, values })
    await note(db, owner, index + 1, line)
  }
  await db.import.updateMany({ where: { id: importId }, data: { ...withoutValues, done: 0 } })
}

/** The environment, or the method where several have values in it. */
function nameOf(found: readonly FoundValues[], index: number): string {
  const { method = '', environment = '' } = found[index] ?? {}
  const isOnly = found.filter((other) => other.environment === environment).length === 1
  if (environment === '') return method
  return isOnly ? environment : `${environment.slice(0, 55)} (${method.slice(0, 60)})`
}

type Wanted = { name: string; key: string | null; environment: string; values: InstanceValues['values'] }

/** @returns what is said about it; null if its method was left out */
async function addOne(
  actor: Actor | null,
  { workspaceId, connectorId }: Owner,
  { name, key, values }: Wanted,
): Promise<ReportLine | null> {
  if (key === null) return null
  const method = await workspaceDb(workspaceId).authenticationMethod.findFirst({
    where: { connectorId, key },
    select: { id: true },
  })
  const fields = method && (await loadFields(workspaceId, method.id))
  if (!fields) return null
  const without = (reason: string): ReportLine => ({
    ...{ kind: 'not_imported', pointer: '' },
    message: `The instance “${name}” was not created. ${reason}`,
  })
  if (actor === null) return without('The person who started this import can no longer add instances.')
  if (needsPerson(fields.method))
    return without('A person has to authorise it. Add the instance on the connector, and enter its values there.')
  const typed = fields.all.flatMap(({ definition, filled }) => {
    const value = values[definition.key]
    return value === undefined || filled ? [] : [[definition.id, value] as const]
  })
  const created = await createInstance(actor, {
    ...{ connectorId, methodId: method.id, values: Object.fromEntries(typed), certificate: { kind: 'keep' } },
    details: {
      ...{ name, timeZone: 'UTC', dateFormat: '', rateLimitAmount: null, rateLimitUnit: null, maxConcurrent: null },
      ...{ externalId: '', labels: [] },
    },
    withoutVerifying: true,
  })
  if (!created.ok) return without(created.error.message)
  if (created.value.kind === 'unverified') return without(created.value.report.message)
  const verified = created.value.kind === 'saved' && created.value.verified
  const state = verified ? 'Its credentials were accepted.' : 'Its credentials are not verified yet.'
  return { kind: 'note', pointer: '', message: `The instance “${name}” was created. ${state}` }
}

/** Adds a line to the end of the report, and notes how far the work is. */
async function note(db: WorkspaceDb, owner: Owner, done: number, line: ReportLine | null): Promise<void> {
  const { workspaceId, importId } = owner
  await db.$transaction(async (tx) => {
    const lines = await tx.importLine.count({ where: { importId } })
    if (line !== null) await tx.importLine.createMany({ data: linesOf([line], { workspaceId, importId }, lines) })
    await tx.import.updateMany({ where: { id: importId }, data: { done } })
  })
}

export const createImportedInstancesJob = job({
  name: 'create-imported-instances',
  payload: importJob,
  atOnce: 2,
  handle: createImportedInstances,
})
