import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb } from '@/lib/platform/db/client'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { planConnector, type ConnectorPlan } from './plan-connector'
import type { ConnectorDocument } from './document-schema'
import { writeConnector } from './write-connector'

/**
 * Adds a whole connector, or nothing of it.
 * @param action how *Activity* calls it: imported, or installed from what comes with Patchbay
 */
export async function installConnector(
  actor: Actor,
  document: ConnectorDocument,
  action: 'import_connector' | 'install_connector' | 'install_sandbox_connector',
): Promise<Result<{ id: string }>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const plan = planConnector(document)
  if (!plan.ok)
    return refuse(
      plan.error.code,
      plan.error.field === undefined ? plan.error.message : `${plan.error.field}: ${plan.error.message}`,
      'document',
    )
  try {
    return succeed({ id: await write(actor, plan.value, action) })
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    const { name, versionLabel } = plan.value.details
    const called = versionLabel === '' ? `“${name}”` : `“${name}” with the version “${versionLabel}”`
    return refuse('name_taken', `There is already a connector called ${called}. Choose another name.`, 'name')
  }
}

function write(actor: Actor, plan: ConnectorPlan, action: string): Promise<string> {
  return workspaceDb(actor.workspaceId).$transaction(async (tx) => {
    const id = await writeConnector(tx, actor, plan)
    const changes = { methods: plan.methods.map(({ name }) => name), endpoints: plan.endpoints.length }
    await recordAudit(tx, actor, {
      action,
      objectType: 'connector',
      objectId: id,
      objectName: plan.details.name,
      changes,
    })
    return id
  })
}
