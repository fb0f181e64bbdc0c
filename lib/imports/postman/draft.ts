import { firstFree } from '@/lib/domain/names'
import { findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import { displayNameOf } from '@/lib/domain/variables/variable-of-name'
import { blank } from '../curl/named-secrets'
import { isPlaceholder } from '../curl/placeholders'
import { definitionLimits } from '../openapi/limits'
import type { Node } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { labelOf, literal, quote, textOf } from '../openapi/texts'
import { variableKeyOf } from '../openapi/variable-keys'
import type { VariableInput } from '../openapi/variables'
import { connectorVariable, settledVariable, soundVariable } from './connector-variable'
import { findSecret, isSecretField } from './find-secret'
import { postmanLimits } from './limits'
import { dynamicOutput, isDynamic, piecesOf } from './references'
import type { Secrets } from './secrets'
import type { Environment, VariableSources } from './variable-sources'

type Span = { start: number; end: number; output: string }
type Secret = { name: string; start: number; secret: string }

/**
 * Collects variables and values while a collection is mapped. Secrets leave the texts here: a template gets the output
 * of a variable, and the secret itself is only in the values for an instance.
 */
export class PostmanDraft {
  readonly connectorVariables: VariableInput[] = []
  /** Of the endpoint that is read now. */
  endpointVariables: VariableInput[] = []
  readonly #sources: VariableSources
  readonly #secrets: Secrets
  readonly #report: Report
  /** Keys of connector variables by the name in the collection. Each name has one before anything is read. */
  readonly #keys = new Map<string, string>()
  readonly #taken: Set<string>
  /** The text whose value a connector variable has, by its key. */
  readonly #used = new Map<string, string>()
  readonly #usedNames = new Set<string>()
  readonly #addresses = new Map<string, string>()
  /** Secrets that are written in requests, by the key of their variable, and the keys by the secret. */
  readonly #literals = new Map<string, string>()
  readonly #literalKeys = new Map<string, string>()
  /** Keys of the endpoint's variables by their names. */
  #ofEndpoint = new Map<string, string>()
  #takenHere = new Set<string>()

  /** @param taken keys that no variable may have */
  constructor(
    { sources, secrets, report }: { sources: VariableSources; secrets: Secrets; report: Report },
    taken: readonly string[],
  ) {
    this.#sources = sources
    this.#secrets = secrets
    this.#report = report
    this.#taken = new Set(taken)
    for (const name of sources.names) this.#keys.set(name, this.#freeKey(name))
  }

  beginEndpoint(): void {
    this.endpointVariables = []
    this.#ofEndpoint = new Map()
    this.#takenHere = new Set()
  }

  /** The names of the collection's variables that something uses. */
  get usedNames(): ReadonlySet<string> {
    return this.#usedNames
  }

  /** Once all secrets are known: a variable whose value contains one is secret. */
  settle(): void {
    for (const [index, variable] of this.connectorVariables.entries()) {
      const text = this.#used.get(variable.key)
      if (text !== undefined) this.connectorVariables[index] = settledVariable(variable, text, this.#given)
    }
  }

  /** Values of the connector's variables in an environment, by key, unless they equal the default. */
  valuesOf(environment: Environment): [key: string, value: string][] {
    const variables = new Map(this.connectorVariables.map((variable) => [variable.key, variable]))
    const named = [...this.#used].flatMap(([key, text]): [string, string][] => {
      const { defaultValue: usual = '', inputKind } = variables.get(key)!
      const given = this.#sources.resolve(text, environment) ?? ''
      const value = inputKind === 'url' && given !== '' && !given.includes('://') ? `http://${given}` : given
      return value === '' || value === usual || isPlaceholder(value) ? [] : [[key, value]]
    })
    return [...named, ...this.#literals]
  }

  /** The value of a variable was written instead of it. */
  noteUsed(names: readonly string[]): void {
    for (const name of names) this.#usedNames.add(name)
  }

  get #given() {
    return { sources: this.#sources, secrets: this.#secrets }
  }

  /** The output of a variable: of the connector if the collection has it, else of the endpoint. */
  output(name: string, node: Node): string {
    const made = dynamicOutput(name)
    if (made !== null) return made
    if (this.#sources.isDefined(name) || name.startsWith('vault:')) return this.connectorOutput(name, node)
    if (isDynamic(name))
      this.#report.add(
        'changed',
        node,
        `${quote(name)} is a random value of Postman. It became a variable of the endpoint.`,
      )
    return this.endpointOutput(name, node)
  }

  /** @param changed what is special about a variable that is made now */
  connectorOutput(name: string, node: Node, changed: Partial<VariableInput> = {}): string {
    const key = this.#keys.get(name) ?? this.#freeKey(name)
    this.#keys.set(name, key)
    if (this.#used.has(key)) return `{{ ${key} }}`
    if (!this.#hasSpace(name, node)) return this.endpointOutput(name, node)
    this.#used.set(key, `{{${name}}}`)
    this.#usedNames.add(name)
    this.connectorVariables.push(
      soundVariable({ ...connectorVariable(name, key, this.#given), ...changed }, this.#secrets),
    )
    return `{{ ${key} }}`
  }

  /** The output of a URL variable for an address whose host is a variable: `https://{{host}}`. */
  addressOutput(address: string, name: string): string {
    this.#usedNames.add(name)
    const known = this.#addresses.get(address)
    const key = known ?? this.#freeKey(`${name} address`)
    if (known !== undefined) return `{{ ${key} }}`
    this.#addresses.set(address, key)
    this.#used.set(key, address)
    this.connectorVariables.push({ key, displayName: displayNameOf(key), inputKind: 'url', required: true })
    return `{{ ${key} }}`
  }

  /** The output of a variable that is filled in where the endpoint is called. */
  endpointOutput(name: string, node: Node, helpText = ''): string {
    const known = this.#ofEndpoint.get(name)
    if (known !== undefined) return `{{ ${known} }}`
    if (this.endpointVariables.length >= definitionLimits.endpointVariables) {
      this.#report.add(
        'limit',
        node,
        `An endpoint has at most ${definitionLimits.endpointVariables} variables, so ${quote(name)} was left out.`,
      )
      return ''
    }
    const key = firstFree(variableKeyOf(this.#secrets.redacted(name)), '_', (candidate) => this.#isTaken(candidate))
    this.#takenHere.add(key)
    this.#ofEndpoint.set(name, key)
    this.endpointVariables.push({
      ...{ key, displayName: labelOf(displayNameOf(key), definitionLimits.name) || key },
      ...{ required: true, secret: isSecretField(name) },
      ...(helpText !== '' && { helpText: textOf(this.#secrets.redacted(helpText), definitionLimits.variableText) }),
    })
    return `{{ ${key} }}`
  }

  /**
   * A text of a request as a template without secrets.
   * @param name under which it is sent
   * @param secrets those that are known already
   */
  template(text: string, name: string, node: Node, secrets: readonly Secret[] = []): string {
    const isWhole = isSecretField(name) && piecesOf(text).every(({ kind }) => kind === 'text')
    if (isWhole && text.trim() !== '') return this.secretOutput(name, text, node)
    const spans: Span[] = []
    let rest = text
    const take = (span: Span) => {
      spans.push(span)
      rest = `${rest.slice(0, span.start)}${blank.repeat(span.end - span.start)}${rest.slice(span.end)}`
    }
    let at = 0
    for (const piece of piecesOf(text)) {
      const end = at + (piece.kind === 'text' ? piece.text : piece.written).length
      if (piece.kind === 'variable') take({ start: at, end, output: this.output(piece.name, node) })
      at = end
    }
    for (const { name: own, start, secret } of secrets)
      take({ start, end: start + secret.length, output: this.secretOutput(own, secret, node) })
    const variables = spans.length
    for (let found = this.#secretIn(rest, name, variables > 0); found; found = this.#secretIn(rest, name, true)) {
      if (spans.length - variables === postmanLimits.secretsOfText) return this.#tooMany(name, node)
      const { start, end } = found
      take({ start, end, output: this.secretOutput(found.name, text.slice(start, end), node) })
    }
    return this.#assembled(text, spans, node)
  }

  /** A fixed text of a method; null if it cannot be part of a definition. */
  methodText(text: string, name: string): string | null {
    const isSound = !text.includes('{%') && findLiteralSecret(text, name) === null && !this.#secrets.isIn(text)
    return isSound ? literal(text) : null
  }

  /** The output of a secret connector variable, whose value belongs to an instance. */
  secretOutput(name: string, value: string, node: Node): string {
    if (isPlaceholder(value)) return this.endpointOutput(name || 'secret', node)
    const known = this.#literalKeys.get(value)
    if (known !== undefined) return `{{ ${known} }}`
    this.#secrets.add(value)
    if (!this.#hasSpace(name, node)) return this.endpointOutput(name || 'secret', node)
    const key = this.#freeKey(this.#secrets.redacted(name) || 'secret')
    this.#literalKeys.set(value, key)
    this.#literals.set(key, value)
    this.connectorVariables.push({
      ...{ key, displayName: labelOf(displayNameOf(key), definitionLimits.name) || key, secret: true },
      ...(/[\r\n]/.test(value) && { inputKind: 'multiline' as const }),
    })
    this.#report.add(
      'changed',
      node,
      `A value looks like a secret. It became the variable ${quote(key)}, whose value belongs to an instance.`,
    )
    return `{{ ${key} }}`
  }

  #secretIn(text: string, name: string, isPart: boolean): { name: string; start: number; end: number } | null {
    const known = this.#secrets.in(text)
    if (known !== null) {
      const start = text.indexOf(known)
      return { name, start, end: start + known.length }
    }
    return findSecret(text, name, isPart)
  }

  #assembled(text: string, spans: readonly Span[], node: Node): string {
    const pieces: string[] = []
    let at = 0
    for (const { start, end, output } of [...spans].sort((one, other) => one.start - other.start)) {
      pieces.push(this.#text(text.slice(at, start), node), output)
      at = end
    }
    return [...pieces, this.#text(text.slice(at), node)].join('')
  }

  /** A template refuses `{%`, so that its brace is a variable that nobody has to fill in. */
  #text(text: string, node: Node): string {
    const written = literal(text)
    if (!text.includes('{%')) return written
    const brace = this.endpointOutput('{', node)
    const key = this.#ofEndpoint.get('{')
    const variable = this.endpointVariables.find((made) => made.key === key)
    if (variable) Object.assign(variable, { defaultValue: '{', configurable: false, required: false })
    return written.replaceAll('{%', `${brace}%`)
  }

  #tooMany(name: string, node: Node): string {
    this.#report.add('limit', node, 'This text has too many values that look like secrets. It became one variable.')
    return this.endpointOutput(name || 'value', node)
  }

  #hasSpace(name: string, node: Node): boolean {
    if (this.connectorVariables.length < definitionLimits.connectorVariables) return true
    this.#report.add(
      'limit',
      node,
      `A connector has at most ${definitionLimits.connectorVariables} variables, so ${quote(this.#secrets.redacted(name))} became a variable of the endpoint.`,
    )
    return false
  }

  #isTaken(key: string): boolean {
    return this.#taken.has(key) || this.#takenHere.has(key)
  }

  #freeKey(name: string): string {
    const key = firstFree(variableKeyOf(this.#secrets.redacted(name).replace(/^vault:/, '')), '_', (candidate) =>
      this.#taken.has(candidate),
    )
    this.#taken.add(key)
    return key
  }
}
