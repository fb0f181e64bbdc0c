import type { Rendered } from './secrecy'

/**
 * The secrets of one exchange (a request, its answer, and what is learned from it), to be removed from whatever is
 * shown or logged of it. A text that is written in it stays, so that never too few are removed (DATA §10).
 */
export class SecretBook {
  private readonly known = new Set<string>()

  static of(...texts: readonly (string | null)[]): SecretBook {
    const book = new SecretBook()
    for (const text of texts) book.addWhole(text)
    return book
  }

  /** A rendered value; one that is not made from a secret is left out. */
  add({ text, secrecy }: Rendered): void {
    if (secrecy !== 'none') this.addWhole(text)
  }

  /** A value that is a secret by itself: a token, a signature. Nothing, where there is none. */
  addWhole(text: string | null | undefined): void {
    if (text) this.known.add(text)
  }

  addAll(others: KnownSecrets): void {
    for (const text of others.texts()) this.known.add(text)
  }

  /** A book that begins with what is in this one. */
  copy(): SecretBook {
    const book = new SecretBook()
    book.addAll(this)
    return book
  }

  /** Each once. */
  texts(): readonly string[] {
    return [...this.known]
  }
}

/** The book as those see it who remove secrets, and add none. */
export type KnownSecrets = Pick<SecretBook, 'texts'>
