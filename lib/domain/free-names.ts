/** Names or keys that must differ from each other. A number makes a taken one different, from 2. */
export class FreeNames {
  readonly #taken = new Set<string>()
  readonly #numbers = new Map<string, number>()
  readonly #compared: (name: string) => string
  readonly #separator: string

  /**
   * @param compared the form in which names are compared
   * @param separator before the number
   */
  constructor(compared: (name: string) => string = (name) => name, separator = ' ') {
    this.#compared = compared
    this.#separator = separator
  }

  /** Takes the name if it is free. An empty one never is. */
  take(name: string): boolean {
    const compared = this.#compared(name)
    if (compared === '' || this.#taken.has(compared)) return false
    this.#taken.add(compared)
    return true
  }

  /** Counts on from the last number of this name, so that 20,000 equal names cost no more than different ones. */
  takeNumbered(base: string): string {
    const compared = this.#compared(base)
    for (let number = this.#numbers.get(compared) ?? 2; ; number += 1) {
      const candidate = `${base}${this.#separator}${number}`
      if (!this.take(candidate)) continue
      this.#numbers.set(compared, number + 1)
      return candidate
    }
  }

  /** Takes the name, with a number if it is taken. */
  takeFree(base: string): string {
    return this.take(base) ? base : this.takeNumbered(base)
  }
}

/** Keys of siblings: `orders`, `orders-2`, … */
export function freeKeys(taken: Iterable<string> = []): FreeNames {
  const keys = new FreeNames(undefined, '-')
  for (const key of taken) keys.take(key)
  return keys
}
