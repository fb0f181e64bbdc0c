import 'server-only'
import { fact, several } from '@/lib/domain/history/compare-values'
import type { Context } from '@/lib/operations/operation'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { planConnector, type ConnectorPlan } from './plan-connector'
import type { ConnectorDocument } from './document-schema'
import { writeConnector } from './write-connector'

/** Adds a whole connector in one transaction. *Activity* shows the calling operation: imported or installed. */
export async function installConnector(context: Context, document: ConnectorDocument): Promise<Result<{ id: string }>> {
  const plan = planConnector(document)
  if (!plan.ok)
    return refuse(
      plan.error.code,
      plan.error.field === undefined ? plan.error.message : `${plan.error.field}: ${plan.error.message}`,
      'document',
    )
  try {
    return await write(context, plan.value)
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    const { name, versionLabel } = plan.value.details
    const called = versionLabel === '' ? `“${name}”` : `“${name}” with the version “${versionLabel}”`
    return refuse('name_taken', `There is already a connector called ${called}. Choose another name.`, 'name')
  }
}

function write({ actor, transaction, audit }: Context, plan: ConnectorPlan): Promise<Result<{ id: string }>> {
  return transaction(async (tx) => {
    const id = await writeConnector(tx, actor, plan)
    await audit(tx, {
      objectType: 'connector',
      objectId: id,
      objectName: plan.details.name,
      changes: [
        ...several(
          'method',
          'added',
          plan.methods.map(({ name }) => name),
        ),
        ...fact('endpoints', plan.endpoints.length),
      ],
    })
    return succeed({ id })
  })
}
