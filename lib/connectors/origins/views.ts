/** An origin that the definition names and nothing is sent to before an administrator confirms it. */
export type PendingOrigin = {
  /** `https://api.acme.test`, `https://{account}.acme.test`, `{base_url}` or `https://*.acme.test`. */
  origin: string
  /** Where the definition names it: “Base URL”, “OAuth 2: Token URL”, “Endpoint List orders”. */
  from: string[]
  /** ISO time, UTC. */
  since: string
}
