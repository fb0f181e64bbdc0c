import 'server-only'
import { refuse } from '@/lib/domain/result'
import { normalReturnAddress } from '@/lib/domain/urls/return-address'
import { operation } from '@/lib/operations/operation'
import { mayReturnTo } from './return-to'
import { createAuthorisationLinkSchema } from './schema'
import { storeLink } from './store-link'
import { createdLink } from './views'

/**
 * Creates a link of this installation with which a person authorises an instance (DATA §8). A newer link of the instance
 * replaces the older one. The vendor's authorise URL is never given to a program.
 */
export const createAuthorisationLink = operation({
  name: 'create_authorisation_link',
  permission: 'change',
  restrictedKeys: 'allowed',
  input: createAuthorisationLinkSchema,
  output: createdLink,
  run: async (context, { instanceId, returnTo }) => {
    if (returnTo !== null && !(await mayReturnTo(context.workspaceId, returnTo)))
      return refuse(
        'invalid_input',
        'This is not a return address of the workspace. An administrator can add it in Settings → Return addresses. It must match as a whole.',
        'returnTo',
      )
    return storeLink(context, {
      instanceId,
      returnTo: returnTo === null ? null : normalReturnAddress(returnTo),
      given: null,
    })
  },
})
