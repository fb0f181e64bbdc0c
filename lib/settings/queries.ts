import 'server-only'
import { keyNames } from '@/lib/platform/crypto/seal'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { env } from '@/lib/platform/env'
import { redirectUris } from '@/lib/authorisations/redirect-uris'
import type { InstallationView } from './views'

/** How this installation is set up, for its administrators. Names of keys, never keys. */
export function getInstallation(actor: Actor): Result<InstallationView> {
  const allowed = permit(actor, 'administer')
  if (!allowed.ok) return allowed
  const { APP_URL, PATCHBAY_BUILT_IN_DATABASE } = env()
  return succeed({
    appUrl: APP_URL,
    redirectUris: redirectUris(),
    builtInDatabase: PATCHBAY_BUILT_IN_DATABASE,
    keys: keyNames(),
  })
}
