/** Whether a text contains a secret: the taint that a value carries from where it is read to where it is sent. */

/**
 * `whole`: contains a secret that is long enough to be found and redacted by its value. `piece`: contains so little of
 * a secret that it cannot be found by its value, so the part of a request that contains it is not shown.
 */
export type Secrecy = 'none' | 'whole' | 'piece'

/** A text with its values inserted, and their secrecy. */
export type Rendered = { readonly text: string; readonly secrecy: Secrecy }

const ranks: Record<Secrecy, number> = { none: 0, whole: 1, piece: 2 }

/** The secrecy of a text made from both: whatever contains a secret is a secret. */
export function strongest(one: Secrecy, other: Secrecy): Secrecy {
  return ranks[other] > ranks[one] ? other : one
}

/** Text that is not secret: part of the definition, or typed by a person into a field that is not secret. */
export function plain(text: string): Rendered {
  return { text, secrecy: 'none' }
}
