import { isPlaceholder } from '../curl/placeholders'
import { storable } from '../openapi/texts'
import { postmanLimits } from './limits'

/** Words before a secret, which are sent as they are. */
const schemes = /^(?:bearer|basic|token|api-?key|digest)$/i

/** The secrets of a collection and its environments. They are values for an instance, and must be nowhere else. */
export class Secrets {
  readonly #known = new Set<string>()
  #hasTooMany = false

  /** There were more than are looked for, so that one may be left in a text. */
  get hasTooMany(): boolean {
    return this.#hasTooMany
  }

  /** A secret is looked for in every text, unless it only says what belongs there, or is too short to be found. */
  add(secret: string): void {
    const isKnown = this.#known.has(secret) || isPlaceholder(secret) || schemes.test(secret)
    if (secret.length < postmanLimits.shortestSecret || isKnown) return
    if (this.#known.size === postmanLimits.secrets) this.#hasTooMany = true
    else this.#known.add(secret)
  }

  /** The first secret that a text contains. */
  in(text: string): string | null {
    if (text.length < postmanLimits.shortestSecret) return null
    for (const secret of this.#known) if (text.includes(secret)) return secret
    return null
  }

  /** Whether one of the texts in a value, at any depth, contains one of the secrets. */
  isIn(value: unknown): boolean {
    if (typeof value === 'string') return this.in(value) !== null
    return typeof value === 'object' && value !== null && Object.values(value).some((item) => this.isIn(item))
  }

  /** A text that people read, such as a name, without secrets. */
  redacted(text: string): string {
    let rest = storable(text)
    for (let secret = this.in(rest); secret !== null; secret = this.in(rest)) rest = rest.replaceAll(secret, '…')
    return rest
  }
}
