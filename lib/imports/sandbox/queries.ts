import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { may, permit, type Actor } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { succeed, type Result } from '@/lib/domain/result'
import { env } from '@/lib/platform/env'
import { sandboxConnectorDefinition } from './definition'
import type { SandboxAddresses } from './addresses'
import type { SandboxOffer } from './views'

/** The sandbox runs on this machine: it helps where the dashboard does too, for trying out and for development. */
export function sandboxIsUsable(): boolean {
  return env().PATCHBAY_BUILT_IN_DATABASE || env().NODE_ENV === 'development'
}

/** Where `npm run sandbox` listens, with the same SANDBOX_PORT. */
export function sandboxAddresses(): SandboxAddresses {
  const port = env().SANDBOX_PORT
  return { url: `http://localhost:${port}`, certificateUrl: `https://localhost:${port + 2}` }
}

/** Whether to offer *Install the sandbox connector* to this person. */
export async function getSandboxOffer(actor: Actor): Promise<Result<SandboxOffer>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!sandboxIsUsable() || !may(actor, 'change')) return succeed({ offered: false })
  const { name } = sandboxConnectorDefinition(sandboxAddresses())
  const installed = await workspaceDb(actor.workspaceId).connector.findFirst({
    where: { foldedName: foldName(name), foldedVersion: '' },
    select: { id: true },
  })
  return succeed({ offered: installed === null })
}
