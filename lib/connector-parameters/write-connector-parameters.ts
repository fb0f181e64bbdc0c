import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { planParameters } from '@/lib/platform/db/plan-parameters'
import type { SaveConnectorParameters } from './schema'

/**
 * Replaces the parameters of a connector.
 * @returns the rows before and after
 */
export async function writeConnectorParameters(
  tx: WorkspaceTransaction,
  owner: { workspaceId: string; connectorId: string },
  parameters: SaveConnectorParameters['parameters'],
) {
  const rows = parameters.map((parameter) => ({ ...parameter, ...alwaysSent }))
  const { before, after, write } = await planParameters(tx, owner, rows)
  await write()
  return { before, after }
}

const alwaysSent = { required: true, displayName: '', helpText: '', phases: [], steps: [] }
