/** How much of a secret is in a text: the taint that a value carries from where it is read to where it is sent. */

/**
 * `whole`: made from a secret, and long enough to be found and removed wherever it is shown. `piece`: so little of a
 * secret that it could be guessed; nobody finds it by its value, so the part of a request that holds it is not shown.
 */
export type Secrecy = 'none' | 'whole' | 'piece'

/** A text once its values are in, and what went into it. */
export type Rendered = { readonly text: string; readonly secrecy: Secrecy }

const ranks: Record<Secrecy, number> = { none: 0, whole: 1, piece: 2 }

/** Of what is made from both: a secret makes a secret of whatever it gets into. */
export function strongest(one: Secrecy, other: Secrecy): Secrecy {
  return ranks[other] > ranks[one] ? other : one
}

/** Text of the definition itself, or of a person who typed it as no secret. */
export function plain(text: string): Rendered {
  return { text, secrecy: 'none' }
}
