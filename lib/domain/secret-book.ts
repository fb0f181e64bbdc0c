import type { Rendered } from './secrecy'

/**
 * The secrets of one exchange (a request, its response, and the values read from it), to redact whatever is shown or
 * logged. It only grows, so that never too little is redacted (DATA §10).
 */
export class SecretBook {
  private readonly known = new Set<string>()

  static of(...texts: readonly (string | null)[]): SecretBook {
    const book = new SecretBook()
    for (const text of texts) book.addWhole(text)
    return book
  }

  /** Adds a rendered value if it contains a secret. */
  add({ text, secrecy }: Rendered): void {
    if (secrecy !== 'none') this.addWhole(text)
  }

  /** Adds a value that is a secret as a whole, such as a token or a signature. Empty values are ignored. */
  addWhole(text: string | null | undefined): void {
    if (text) this.known.add(text)
  }

  addAll(others: KnownSecrets): void {
    for (const text of others.texts()) this.known.add(text)
  }

  /** A new book with the same secrets. */
  copy(): SecretBook {
    const book = new SecretBook()
    book.addAll(this)
    return book
  }

  /** Without duplicates. */
  texts(): readonly string[] {
    return [...this.known]
  }
}

/** The book for code that redacts secrets and adds none. */
export type KnownSecrets = Pick<SecretBook, 'texts'>
