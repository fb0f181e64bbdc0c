import type { Misbehaviour } from './misbehaviour'

/** One way in which a third party's response may be bad, and what a caller has to make of it. */
export type BadResponse = {
  /** Also its path: `/misbehaving/<name>`. */
  name: string
  /** What the server does. */
  does: string
  respond: Misbehaviour
  /** Of a call whose response is shown: its parts, or the refusal. */
  outcome: Shown | Refused
  /** It has no end, so that a caller with a short time limit is needed. */
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
  /** Words of what is said about it. */
  problem?: string
}

export type Refused = { code: string; words: string }
