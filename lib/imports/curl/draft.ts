import type { VariableInput } from '../openapi/variables'
import { literal } from '../openapi/texts'
import { variableKeyOf } from '../openapi/variable-keys'
import { firstFree } from '@/lib/domain/names'
import { findLiteralSecret, isSecretName } from '@/lib/domain/variables/literal-secrets'
import { displayNameOf } from '@/lib/domain/variables/variable-of-name'
import { curlLimits } from './limits'
import { blank, firstNamedSecret, type NamedSecret } from './named-secrets'
import { isPageToken, isPlaceholder } from './placeholders'

/** Where secrets go that are not sent as a credential: in a path or a body. */
export type SecretOwner = 'method' | 'endpoint'

/**
 * Collects variables and values while a command is mapped. Secrets leave the texts here: a template gets the output of a
 * variable, and the secret itself is only in `values`, which never becomes part of a definition.
 */
export class CurlDraft {
  readonly endpointVariables: VariableInput[] = []
  readonly methodVariables: VariableInput[] = []
  /** Named by the host. */
  readonly connectorVariables: VariableInput[] = []
  /** By the key of the method's variable. */
  readonly values = new Map<string, string>()
  readonly #shellVariables: ReadonlySet<string>
  readonly #owner: SecretOwner
  readonly #taken: Set<string>
  /** Keys of endpoint variables by the name in the command, so that the same name is the same variable. */
  readonly #named = new Map<string, string>()
  /** Keys by the secret, so that one that is sent twice is asked for once. */
  readonly #methodSecrets = new Map<string, string>()
  /** An endpoint for another connector cannot use the variables of the method, which that may not have. */
  readonly #endpointSecrets = new Map<string, string>()
  /** Secrets that are long enough to be recognised in other texts. */
  readonly #known = new Set<string>()
  /** How many keys were given. */
  #keys = 0
  #hasTooMany = false

  /** @param taken keys that no variable may have */
  constructor(shellVariables: ReadonlySet<string>, owner: SecretOwner, taken: readonly string[]) {
    this.#shellVariables = shellVariables
    this.#owner = owner
    this.#taken = new Set(taken)
  }

  /** There were more secrets or variables than are kept, so that a secret may be left in a template. */
  get hasTooMany(): boolean {
    return this.#hasTooMany
  }

  /** A text of the command as a template: brackets are text, shell variables become variables of the endpoint. */
  template(text: string): string {
    const pieces: string[] = []
    let end = 0
    for (const { 0: found, 1: braced, 2: plain, index } of text.matchAll(/\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)/g)) {
      const name = (braced ?? plain)!
      if (!this.#shellVariables.has(name)) continue
      pieces.push(this.#text(text.slice(end, index)), this.variable(name))
      end = index + found.length
    }
    return [...pieces, this.#text(text.slice(end))].join('')
  }

  /** A template refuses `{%`, so that its brace is a variable that nobody has to fill in. */
  #text(text: string): string {
    if (!text.includes('{%')) return literal(text)
    if (!this.#named.has('{')) {
      const key = this.#freeKey('opening_brace')
      this.#named.set('{', key)
      this.endpointVariables.push({ key, defaultValue: '{', configurable: false })
    }
    return literal(text).replaceAll('{%', `{{ ${this.#named.get('{')} }}%`)
  }

  /** The output of an endpoint variable that has to be filled in. */
  variable(name: string, required = true): string {
    const known = this.#named.get(name)
    const key = known ?? this.#freeKey(name)
    if (known === undefined) {
      this.#named.set(name, key)
      this.endpointVariables.push({ key, displayName: displayNameOf(key), required, secret: isSecretName(name) })
    }
    return `{{ ${key} }}`
  }

  /** The output of a variable of the connector. @param isUrl it is the whole address */
  connectorVariable(name: string, isUrl: boolean): string {
    const known = this.#named.get(name)
    const key = known ?? this.#freeKey(name)
    if (known === undefined) {
      this.#named.set(name, key)
      const inputKind = isUrl ? ('url' as const) : ('text' as const)
      this.connectorVariables.push({ key, displayName: displayNameOf(key), required: true, inputKind })
    }
    return `{{ ${key} }}`
  }

  /** A text that may contain secrets, as a template without them. @param name under which it is sent */
  withoutSecrets(text: string, name: string): string {
    if (text === '' || this.isReference(text)) return this.template(text)
    if (isSecretName(name) && !isPageToken(name)) return this.secret(name, text)
    const known = this.#knownIn(text)
    if (known !== null)
      return text
        .split(known)
        .map((piece) => this.withoutSecrets(piece, name))
        .join(this.secret(name, known))
    return this.#withoutUnknown(text, name)
  }

  /** Finds secrets by the names beside them, and by what they look like. */
  #withoutUnknown(text: string, name: string): string {
    const found: NamedSecret[] = []
    let rest = text
    for (;;) {
      const named = firstNamedSecret(rest)
      const secret = named ?? findLiteralSecret(rest, name)
      if (secret === null) break
      if (found.length === curlLimits.secretsOfText) return this.secret(name, text)
      const { start, end } = secret
      const scheme = /^(?:Bearer|Basic|Token)\s+/i.exec(rest.slice(start, end))?.[0] ?? ''
      found.push({ name: named?.name ?? name, start: start + scheme.length, end })
      rest = `${rest.slice(0, start)}${blank.repeat(end - start)}${rest.slice(end)}`
    }
    const pieces: string[] = []
    let at = 0
    for (const secret of found.sort((one, other) => one.start - other.start)) {
      const value = text.slice(secret.start, secret.end)
      pieces.push(this.template(text.slice(at, secret.start)))
      pieces.push(this.isReference(value) ? this.template(value) : this.secret(secret.name, value))
      at = secret.end
    }
    return [...pieces, this.template(text.slice(at))].join('')
  }

  /** The output of a secret variable. Its value belongs to the instance, if the method owns it. */
  secret(name: string, value: string): string {
    if (this.#owner === 'method') return `{{ ${this.methodSecret(name, value)} }}`
    const known = this.#endpointSecrets.get(value)
    const key = known ?? this.#freeKey(name)
    if (known === undefined) {
      this.#endpointSecrets.set(value, key)
      this.#remember(value)
      this.endpointVariables.push({ key, displayName: displayNameOf(key), required: true, secret: true })
    }
    return `{{ ${key} }}`
  }

  /** Adds a secret variable to the method. @returns its key */
  methodSecret(name: string, value: string): string {
    const known = this.#methodSecrets.get(value)
    if (known !== undefined) return known
    const key = this.#freeKey(name)
    this.methodVariables.push({ key, displayName: displayNameOf(key), required: true, secret: true })
    if (!isPlaceholder(value) && !this.isReference(value)) {
      this.#methodSecrets.set(value, key)
      this.#remember(value)
      this.values.set(key, value)
    }
    return key
  }

  /**
   * Sets a variable that the method's type has, unless the command only says where its value belongs.
   * @param isSecret then the value is also replaced where it is sent a second time
   */
  setValue(key: string, value: string, isSecret: boolean): void {
    if (value === '' || isPlaceholder(value) || this.isReference(value)) return
    this.values.set(key, value)
    if (!isSecret) return
    this.#methodSecrets.set(value, key)
    this.#remember(value)
  }

  /** Whether one of the texts in a value, at any depth, contains one of the secrets. */
  hasSecret(value: unknown): boolean {
    if (typeof value === 'string') return this.#knownIn(value) !== null
    return typeof value === 'object' && value !== null && Object.values(value).some((item) => this.hasSecret(item))
  }

  #knownIn(text: string): string | null {
    if (text.length < curlLimits.shortestSecret) return null
    for (const secret of this.#known) if (text.includes(secret)) return secret
    return null
  }

  /** A secret of the command that is nowhere imported must not be either where it is sent again. */
  remember(secret: string): void {
    if (!isPlaceholder(secret) && !this.isReference(secret)) this.#remember(secret)
  }

  #remember(secret: string): void {
    if (secret.length < curlLimits.shortestSecret || this.#known.has(secret)) return
    if (this.#known.size === curlLimits.secrets) this.#hasTooMany = true
    else this.#known.add(secret)
  }

  /** Whether a text is only a shell variable: `$TOKEN`. */
  isReference(text: string): boolean {
    const name = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))$/.exec(text)
    return name !== null && this.#shellVariables.has((name[1] ?? name[2])!)
  }

  #freeKey(name: string): string {
    const base = variableKeyOf(name.toLowerCase() === name.toUpperCase() ? `secret_${name}` : name).toLowerCase()
    if (this.#keys === curlLimits.secrets) {
      this.#hasTooMany = true
      return base
    }
    this.#keys += 1
    const key = firstFree(base, '_', (candidate) => this.#taken.has(candidate))
    this.#taken.add(key)
    return key
  }
}
