/** Where the sandbox listens. */
export type SandboxAddresses = {
  url: string
  /** The same API for clients with a certificate. */
  certificateUrl: string
}
