/** Where the sandbox listens. */
export type SandboxAddresses = {
  url: string
  /** The same API for callers with a client certificate. */
  certificateUrl: string
}
