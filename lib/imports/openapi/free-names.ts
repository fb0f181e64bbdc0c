/** Names that must differ from each other. A number makes a taken one different, from 2. */
export class FreeNames {
  readonly #taken = new Set<string>()
  readonly #numbers = new Map<string, number>()
  readonly #compared: (name: string) => string

  /** @param compared the form in which names are compared */
  constructor(compared: (name: string) => string = (name) => name) {
    this.#compared = compared
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
      const candidate = `${base} ${number}`
      if (!this.take(candidate)) continue
      this.#numbers.set(compared, number + 1)
      return candidate
    }
  }
}
