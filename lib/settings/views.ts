import { z } from 'zod'

export const installationView = z.strictObject({
  appUrl: z.string(),
  redirectUris: z.array(z.string()),
  builtInDatabase: z.boolean(),
  keys: z.strictObject({ sealing: z.string(), opening: z.array(z.string()) }),
})
export type InstallationView = z.infer<typeof installationView>
