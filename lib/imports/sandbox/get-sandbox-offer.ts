import 'server-only'
import { may } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { succeed } from '@/lib/domain/result'
import { sandboxConnectorDefinition } from './definition'
import { operation } from '@/lib/operations/operation'
import { noInput } from '@/lib/operations/input'
import { sandboxOffer } from './views'
import { sandboxIsUsable, sandboxAddresses } from './sandbox-addresses'

/** Whether to offer *Install the sandbox connector* to this person. */
export const getSandboxOffer = operation({
  name: 'get_sandbox_offer',
  permission: 'see',
  input: noInput,
  output: sandboxOffer,
  run: async ({ actor, db }) => {
    if (!sandboxIsUsable() || !may(actor, 'change')) return succeed({ offered: false })
    const { name } = sandboxConnectorDefinition(sandboxAddresses())
    const installed = await db.connector.findFirst({
      where: { foldedName: foldName(name), foldedVersion: '' },
      select: { id: true },
    })
    return succeed({ offered: installed === null })
  },
})
