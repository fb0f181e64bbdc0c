import 'server-only'
import type { Actor } from '@/lib/domain/access/actor'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { foldName } from '@/lib/domain/names'
import { foundValuesOf, valuesAddress, withoutValues } from '@/lib/imports/found-values'
import { importActor } from '@/lib/imports/import-actor'
import { appendLine } from '@/lib/imports/import-rows'
import { ImportWork, Overtaken } from '@/lib/imports/import-work'
import { importJob, type ImportJob } from '@/lib/imports/jobs/read-import'
import type { ReportLine } from '@/lib/imports/openapi/report'
import type { InstanceValues } from '@/lib/imports/postman/map-postman'
import { sealedIn, unseal } from '@/lib/platform/crypto/seal'
import { workspaceDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { job } from '@/lib/platform/jobs/job'
import { createInstance } from './create-instance'
import { importedInstanceNames } from './imported-instance-names'
import { loadFields } from './load-fields'

const interrupted: ReportLine = {
  ...{ kind: 'not_imported', pointer: '' },
  message:
    'Creating instances was interrupted several times, so the values were deleted. Add the missing instances on the connector.',
}

type Owner = ImportJob & { connectorId: string }

/**
 * Creates instances with the values of an imported document, in the name of the actor who imported it. What prevents
 * one is a line of the report; the connector stays. The values are deleted with the last one, and also after several
 * attempts without an end.
 */
export async function createImportedInstances({ workspaceId, importId }: ImportJob): Promise<void> {
  const db = workspaceDb(workspaceId)
  const work = await ImportWork.take(db, importId, { from: ['imported'], to: 'imported' })
  if (work === null || work.row.createsInstances !== true || work.row.sealedValues === null) return
  const { connectorId } = work.row
  try {
    if (work.isHopeless || connectorId === null) return await note(work, { ...withoutValues, done: 0 }, interrupted)
    await createAll(work, { workspaceId, importId, connectorId })
    await note(work, { ...withoutValues, done: 0 }, null)
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error
  }
}

async function createAll(work: ImportWork, owner: Owner): Promise<void> {
  const { db, row } = work
  const sealed = sealedIn(row, 'sealedValues')
  if (sealed === null) return
  const instances = JSON.parse(unseal(sealed, valuesAddress(owner))) as InstanceValues[]
  const found = foundValuesOf(row)
  const names = importedInstanceNames(found)
  const actor = await importActor(db, row.requestedBy)
  // One that was interrupted continues behind the last instance that was created.
  for (const [index, { values }] of instances.entries()) {
    if (index < row.done) continue
    const wanted = { name: names[index] ?? '', key: found[index]?.key ?? null, values, since: row.importedAt }
    await note(work, { done: index + 1 }, await addOne(actor, owner, wanted))
  }
}

type Wanted = { name: string; key: string | null; values: InstanceValues['values']; since: Date | null }

/** @returns what is said about it; null if its method was left out */
async function addOne(
  actor: Actor | null,
  { workspaceId, connectorId }: Owner,
  { name, key, values, since }: Wanted,
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
  const before = await createdBefore({ workspaceId, connectorId, methodId: method.id, name, since })
  if (before !== null) return before
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
  return wasCreated(name, verified)
}

function wasCreated(name: string, verified: boolean): ReportLine {
  const state = verified ? 'Its credentials were accepted.' : 'Its credentials are not verified yet.'
  return { kind: 'note', pointer: '', message: `The instance “${name}” was created. ${state}` }
}

/** An attempt may have ended after the instance was created, and before this was noted. */
async function createdBefore({
  workspaceId,
  name,
  since,
  ...where
}: Pick<Wanted, 'name' | 'since'> & {
  workspaceId: string
  connectorId: string
  methodId: string
}): Promise<ReportLine | null> {
  if (since === null) return null
  const instance = await workspaceDb(workspaceId).instance.findFirst({
    where: { ...where, foldedName: foldName(name), createdAt: { gte: since } },
    select: { status: true },
  })
  return instance && wasCreated(name, instance.status === 'connected')
}

/** Notes how far the work is, with a line of the report. */
async function note(work: ImportWork, data: Prisma.ImportUncheckedUpdateManyInput, line: ReportLine | null) {
  await work.write(data, async (tx) => {
    if (line !== null) await appendLine(tx, work.owner, line)
  })
}

export const createImportedInstancesJob = job({
  name: 'create-imported-instances',
  payload: importJob,
  atOnce: 2,
  handle: createImportedInstances,
})
