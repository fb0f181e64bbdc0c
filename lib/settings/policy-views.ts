/** The outbound network policy in force, as an administrator sees it in Settings. */
export type OutboundPolicyView = {
  /** Open because of development or the built-in database; else only what `allowed` says. */
  loopbackOpen: boolean
  /** The entries of PATCHBAY_OUTBOUND_ALLOW as they are understood. */
  allowed: { entry: string; kind: 'range' | 'service' }[]
  /** The networks that are refused unless an entry allows them. */
  refused: { class: string; name: string }[]
  /** What belongs to this installation, refused unless it is named by host and port. */
  own: { kind: string; address: string; allowed: boolean }[]
  mostRedirects: number
  maxAnswerBytes: number
}
