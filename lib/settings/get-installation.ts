import 'server-only'
import { keyNames } from '@/lib/platform/crypto/seal'
import { succeed } from '@/lib/domain/result'
import { env } from '@/lib/platform/env'
import { redirectUris } from '@/lib/platform/redirect-uris'
import { operation } from '@/lib/operations/operation'
import { noInput } from '@/lib/operations/input'
import { installationView } from './views'

/** How this installation is configured, for administrators. Names of keys, never the keys themselves. */
export const getInstallation = operation({
  name: 'get_installation',
  permission: 'administer',
  input: noInput,
  output: installationView,
  run: async () => {
    const { APP_URL, PATCHBAY_API_CORS_ORIGINS, PATCHBAY_BUILT_IN_DATABASE } = env()
    return succeed({
      appUrl: APP_URL,
      redirectUris: redirectUris(),
      apiOrigins: PATCHBAY_API_CORS_ORIGINS,
      builtInDatabase: PATCHBAY_BUILT_IN_DATABASE,
      keys: keyNames(),
    })
  },
})
