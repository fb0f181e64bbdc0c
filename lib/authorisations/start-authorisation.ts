import 'server-only'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { InstanceSettings } from '@/lib/credentials/instance-settings'
import type { Context } from '@/lib/operations/operation'
import { beginAuthorisation } from './begin-authorisation'
import { ensureBrowserSecret } from './browser-secret'
import { linkInstead } from './links/link-instead'
import { redirectUriFor } from '@/lib/platform/redirect-uris'

export type StartAuthorisation = {
  instanceId: string
  /** The link with which a person continues. */
  linkId?: string
} & ({ settings: InstanceSettings; baseRevision: number } | { reusePending: true })

/** Where a person continues: at the third party, or for a program on the page of its link. */
export type Started = { redirectTo: string; linkId: string | null }

/**
 * Begins an authorisation from a server action, with the address and browser of the request. A program has no browser and
 * gets a link for a person (DATA §8).
 */
export async function startAuthorisation(context: Context, input: StartAuthorisation): Promise<Result<Started>> {
  if (context.actor.kind === 'api_key' && 'settings' in input) return linkInstead(context, input)
  const { redirectUri, configured } = redirectUriFor(await requestedHost())
  if (!configured) return addressNotConfigured(redirectUri)
  const browserSecret = await ensureBrowserSecret(redirectUri)
  const begun = await beginAuthorisation(context, { ...input, redirectUri, browserSecret })
  return begun.ok ? succeed({ redirectTo: begun.value.redirectTo, linkId: null }) : begun
}

/** The third party would send the person to another address, where the browser has no cookie (DATA §8). */
function addressNotConfigured(redirectUri: string) {
  return refuse(
    'not_allowed',
    `You cannot authorise at this address, because it is not configured. Open Patchbay at ${new URL(redirectUri).origin}, or ask an administrator to add the address to PATCHBAY_PUBLIC_URLS. Nothing was sent.`,
  )
}

/** The host that the browser requested. A forged header gains nothing, since it only selects a configured address. */
async function requestedHost(): Promise<string> {
  // Loaded here, because workers load this module, and have no framework in a package.
  const { headers } = await import('next/headers')
  const received = await headers()
  return received.get('x-forwarded-host')?.split(',')[0]?.trim() ?? received.get('host') ?? ''
}
