import 'server-only'
import { z } from 'zod'
import { seal, sealedIn, unseal, type FieldAddress } from '@/lib/platform/crypto/seal'
import type { TemporaryCredentials } from '@/lib/domain/oauth1/three-legged'
import { settingsBefore, type SettingsBefore } from './settings-before'
import { instanceSettings, type InstanceSettings } from '@/lib/credentials/instance-settings'

/** The settings that are stored sealed until the authorisation succeeds (PRODUCT: OAuth 2 journey, step 1). */

function address(workspaceId: string, pendingId: string, field: 'sealedSettings' | 'sealedVerifier'): FieldAddress {
  return { workspaceId, table: 'PendingAuthorisation', rowId: pendingId, field }
}

const storedSettings = z.strictObject({
  ...instanceSettings.shape,
  /** Rows from before 29 November 2026 have none. */
  before: settingsBefore.nullable().default(null),
})

export type PendingSettings = { settings: InstanceSettings; before: SettingsBefore | null }

export function sealSettings(workspaceId: string, pendingId: string, { settings, before }: PendingSettings): string {
  return seal(JSON.stringify({ ...settings, before }), address(workspaceId, pendingId, 'sealedSettings'))
}

export function openPendingSettings(
  workspaceId: string,
  pending: { id: string; sealedSettings: string },
): PendingSettings {
  const sealed = sealedIn(pending, 'sealedSettings')
  const { before, ...settings } = storedSettings.parse(
    JSON.parse(unseal(sealed, address(workspaceId, pending.id, 'sealedSettings'))),
  )
  return { settings, before }
}

export function openSettings(workspaceId: string, pending: { id: string; sealedSettings: string }): InstanceSettings {
  return openPendingSettings(workspaceId, pending).settings
}

export function sealVerifier(workspaceId: string, pendingId: string, verifier: string): string {
  return seal(verifier, address(workspaceId, pendingId, 'sealedVerifier'))
}

/** Null for an authorisation without one, and after it was deleted. */
export function openVerifier(
  workspaceId: string,
  pending: { id: string; sealedVerifier: string | null },
): string | null {
  const sealed = sealedIn(pending, 'sealedVerifier')
  return sealed === null ? null : unseal(sealed, address(workspaceId, pending.id, 'sealedVerifier'))
}

const requestTokenSchema = z.strictObject({ token: z.string(), tokenSecret: z.string() })

/** For OAuth 1 the request token and its secret are stored in the column for OAuth 2's verifier. */
export function writeRequestToken(credentials: TemporaryCredentials): string {
  return JSON.stringify(credentials)
}

export function readRequestToken(stored: string): TemporaryCredentials {
  return requestTokenSchema.parse(JSON.parse(stored))
}
