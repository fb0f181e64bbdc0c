import 'server-only'
import { installConnector } from '@/lib/imports/install-connector'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { refuse, type Result } from '@/lib/domain/result'
import { sandboxConnectorDefinition } from './definition'
import { sandboxAddresses, sandboxIsUsable } from './queries'

/** Adds the sandbox's connector with all its methods, endpoints and toggles: all of it, or nothing. */
export async function installSandboxConnector(actor: Actor): Promise<Result<{ id: string }>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  if (!sandboxIsUsable())
    return refuse('not_found', 'The sandbox connector is offered in development and with the built-in database only.')
  const installed = await installConnector(
    actor,
    sandboxConnectorDefinition(sandboxAddresses()),
    'install_sandbox_connector',
  )
  if (installed.ok || installed.error.code !== 'name_taken') return installed
  return refuse(
    'name_taken',
    `${installed.error.message.split('.')[0]}. Rename or delete it to install the sandbox connector again.`,
  )
}
