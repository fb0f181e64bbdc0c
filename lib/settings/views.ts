export type InstallationView = {
  appUrl: string
  redirectUris: string[]
  builtInDatabase: boolean
  keys: { sealing: string; opening: string[] }
}
