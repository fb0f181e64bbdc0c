import 'server-only'
import { installConnector } from '@/lib/imports/install-connector'
import { planDocument } from '@/lib/imports/plan-document'
import { refuse } from '@/lib/domain/result'
import { sandboxConnectorDefinition } from './definition'
import { sandboxAddresses, sandboxIsUsable } from './sandbox-addresses'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { noInput } from '@/lib/operations/input'

/** Adds the sandbox's connector with all its methods, endpoints and toggles in one transaction. */
export const installSandboxConnector = operation({
  name: 'install_sandbox_connector',
  permission: 'change',
  input: noInput,
  output: z.strictObject({ id: z.uuid() }),
  run: async (context) => {
    if (!sandboxIsUsable())
      return refuse(
        'not_found',
        'The sandbox connector is only available in development and with the built-in database.',
      )
    const plan = planDocument(sandboxConnectorDefinition(sandboxAddresses()))
    if (!plan.ok) return plan
    const installed = await installConnector(context, { plan: plan.value })
    if (installed.ok || installed.error.code !== 'name_taken') return installed
    return refuse(
      'name_taken',
      `${installed.error.message.split('.')[0]}. Rename or delete it to install the sandbox connector again.`,
    )
  },
})
