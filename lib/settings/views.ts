import { z } from 'zod'
import { retentionFields } from './workspace-settings'

export const installationView = z.strictObject({
  appUrl: z.string(),
  redirectUris: z.array(z.string()),
  /** Of other sites whose pages may use the API. */
  apiOrigins: z.array(z.string()),
  builtInDatabase: z.boolean(),
  keys: z.strictObject({ sealing: z.string(), opening: z.array(z.string()) }),
})
export type InstallationView = z.infer<typeof installationView>

/** Null: it was never saved, so it has its default. */
const saved = z.strictObject({ at: z.iso.datetime(), by: z.string() }).nullable()
export type SavedSetting = z.infer<typeof saved>

export const returnAddressesView = z.strictObject({ revision: z.int(), saved, addresses: z.array(z.string()) })
export type ReturnAddressesView = z.infer<typeof returnAddressesView>

export const retentionView = z.strictObject({ revision: z.int(), saved, ...retentionFields })
export type RetentionView = z.infer<typeof retentionView>

export const workspaceSettingsView = z.strictObject({
  returnAddresses: returnAddressesView,
  retention: retentionView,
})

export const savedSetting = z.strictObject({ revision: z.int() })
