import type { Misbehaviour } from './misbehaviour'

/** One kind of bad response, and how a caller has to handle it. */
export type BadResponse = {
  /** Also its path: `/misbehaving/<name>`. */
  name: string
  /** What the server does. */
  does: string
  respond: Misbehaviour
  /** The result of a call whose response is shown: its parts, or the error. */
  outcome: Shown | Refused
  /** The response never ends, so the caller needs a short timeout. */
  isEndless?: true
}

export type Shown = {
  status?: number
  isJson: boolean
  /** Default: null. */
  recordCount?: number
  /** Default: false. */
  truncated?: boolean
  /** How the shown text begins. */
  begins?: string
  /** Part of the message about it. */
  problem?: string
}

export type Refused = { code: string; words: string }
