import 'server-only'
import { recordAudit } from '@/lib/audit/record'
import { workspaceDb } from '@/lib/db/client'
import { uniqueViolation } from '@/lib/db/unique-violation'
import { permit, type Actor } from '@/lib/domain/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { syncConnectorOrigins } from '@/lib/origins/sync-origins'
import { sandboxConnectorDefinition } from './definition'
import { sandboxAddresses, sandboxIsUsable } from './queries'
import { writeDefinition } from './write-definition'

/** Adds the sandbox's connector with all its methods, endpoints and toggles: all of it, or nothing. */
export async function installSandboxConnector(actor: Actor): Promise<Result<{ id: string }>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  if (!sandboxIsUsable()) return refuse('not_found', 'The sandbox connector is offered in development and with the built-in database only.')
  const definition = sandboxConnectorDefinition(sandboxAddresses())
  const { name } = definition.connector
  try {
    return await workspaceDb(actor.workspaceId).$transaction(async (tx) => {
      const id = await writeDefinition(tx, actor, definition)
      await recordAudit(tx, actor, {
        action: 'install_sandbox_connector',
        objectType: 'connector',
        objectId: id,
        objectName: name,
        changes: { methods: definition.methods.map((method) => method.name), endpoints: definition.endpoints.map((endpoint) => endpoint.name) },
      })
      await syncConnectorOrigins(tx, actor, id)
      return succeed({ id })
    })
  } catch (error) {
    if (!uniqueViolation(error)) throw error
    return refuse('name_taken', `There is already a connector called “${name}”. Rename or delete it to install the sandbox connector again.`)
  }
}
