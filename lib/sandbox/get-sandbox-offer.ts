import 'server-only'
import { may } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { env } from '@/lib/platform/env'
import { succeed } from '@/lib/domain/result'
import { sandboxConnectorDefinition } from './definition'
import { operation } from '@/lib/operations/operation'
import { noInput } from '@/lib/operations/input'
import { sandboxOffer } from './views'
import { sandboxIsUsable, sandboxAddresses } from './sandbox-addresses'

/** Which sandbox card to show to this person. */
export const getSandboxOffer = operation({
  name: 'get_sandbox_offer',
  permission: 'see',
  input: noInput,
  output: sandboxOffer,
  run: async ({ actor, db }) => {
    if (!may(actor, 'change')) return succeed({ offer: 'none' })
    if (env().PATCHBAY_SANDBOX) return succeed({ offer: 'try' })
    if (!sandboxIsUsable()) return succeed({ offer: 'none' })
    const { name } = sandboxConnectorDefinition(sandboxAddresses())
    const installed = await db.connector.findFirst({
      where: { foldedName: foldName(name), foldedVersion: '' },
      select: { id: true },
    })
    return succeed({ offer: installed === null ? 'install' : 'none' })
  },
})
