import { findLiteralSecret, isSecretName } from '@/lib/domain/variables/literal-secrets'
import { isPageToken, isPlaceholder } from '../curl/placeholders'
import { childOf, type ObjectNode } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { scalarText } from '../openapi/variables'
import { postmanLimits } from './limits'
import { descriptionPart, has, objectsPart, textPart } from './parts'
import { piecesOf } from './references'
import type { Secrets } from './secrets'

/** A variable as a collection or an environment has it. */
export type GivenVariable = { value: string; isSecret: boolean; description: string; node: ObjectNode }

export type Environment = { name: string; variables: ReadonlyMap<string, GivenVariable> }

/**
 * The variables of a collection and of the environments that came with it. The value of an environment wins over that
 * of the collection. Without an environment there is one without a name and without values.
 */
export class VariableSources {
  readonly environments: readonly Environment[]
  readonly #collection: ReadonlyMap<string, GivenVariable>
  readonly #globals: ReadonlyMap<string, GivenVariable>
  readonly #secretNames = new Set<string>()
  readonly #secrets: Secrets

  constructor(
    given: { collection: Map<string, GivenVariable>; globals: Map<string, GivenVariable>; environments: Environment[] },
    secrets: Secrets,
  ) {
    this.#collection = given.collection
    this.#globals = given.globals
    this.environments = given.environments.length === 0 ? [{ name: '', variables: new Map() }] : given.environments
    this.#secrets = secrets
    for (const name of this.names) if (this.#looksSecret(name)) this.markSecret(name)
  }

  /** All names, each once. */
  get names(): string[] {
    const maps = [this.#collection, ...this.environments.map(({ variables }) => variables), this.#globals]
    return [...new Set(maps.flatMap((map) => [...map.keys()]))]
  }

  isDefined(name: string): boolean {
    return this.#all(name).length > 0
  }

  /** The variable where it is defined first, for its description and its place in the document. */
  first(name: string): GivenVariable | undefined {
    return this.#all(name)[0]
  }

  /** As they are written, in the collection and in each environment. */
  valuesOf(name: string): string[] {
    return this.#all(name).map(({ value }) => value)
  }

  isSecret(name: string): boolean {
    return this.#secretNames.has(name) || isSecretNameHere(name)
  }

  /** Its values are credentials from now on. */
  markSecret(name: string): void {
    if (this.#secretNames.has(name)) return
    this.#secretNames.add(name)
    for (const { value } of this.#all(name)) this.#secrets.add(value)
    for (const environment of this.environments) this.#secrets.add(this.resolve(`{{${name}}}`, environment) ?? '')
  }

  /** The value of the collection itself, or of the globals: the same in every environment. */
  shared(name: string): string {
    return this.#collection.get(name)?.value || this.#globals.get(name)?.value || ''
  }

  value(name: string, { variables }: Environment): string {
    return variables.get(name)?.value || this.shared(name)
  }

  /** A text with the values of its variables; null if one of them has none. */
  resolve(text: string, environment: Environment, depth = 0): string | null {
    const pieces: string[] = []
    let length = 0
    for (const piece of piecesOf(text)) {
      const value = piece.kind === 'text' ? piece.text : this.value(piece.name, environment)
      if (piece.kind === 'variable' && (value === '' || depth === postmanLimits.nesting)) return null
      const resolved = piece.kind === 'text' ? value : this.resolve(value, environment, depth + 1)
      if (resolved === null) return null
      length += resolved.length
      if (length > postmanLimits.resolved) return null
      pieces.push(resolved)
    }
    return pieces.join('')
  }

  /** The different values of a text in all environments; null if it has none in one of them. */
  everyValue(text: string): string[] | null {
    const values = this.environments.map((environment) => this.resolve(text, environment))
    return values.includes(null) ? null : [...new Set(values as string[])]
  }

  #all(name: string): GivenVariable[] {
    const given = [
      this.#collection.get(name),
      ...this.environments.map(({ variables }) => variables.get(name)),
      this.#globals.get(name),
    ]
    return given.filter((variable) => variable !== undefined)
  }

  #looksSecret(name: string): boolean {
    return (
      isSecretNameHere(name) ||
      this.#all(name).some(
        ({ value, isSecret }) => isSecret || (!isPlaceholder(value) && findLiteralSecret(value, name) !== null),
      )
    )
  }
}

const isSecretNameHere = (name: string) =>
  name.startsWith('vault:') || (isSecretName(name.replaceAll(' ', '_')) && !isPageToken(name))

/** The variables of a list; one that is switched off does not count. */
export function variablesIn(
  report: Report,
  parent: ObjectNode,
  key: 'variable' | 'values',
  into: Map<string, GivenVariable> = new Map(),
): Map<string, GivenVariable> {
  for (const node of objectsPart(report, parent, key, postmanLimits.variables)) {
    const name = (textPart(report, node, 'key') || textPart(report, node, 'id')).trim()
    if (name === '') {
      report.add('invalid', node, 'A variable has no name, so it was left out.')
      continue
    }
    if (node.value.disabled === true || node.value.enabled === false) {
      report.add('note', node, 'This variable is switched off, so it was left out.')
      continue
    }
    const variable = { value: valueOf(report, node), isSecret: node.value.type === 'secret' }
    into.set(name, { ...variable, description: descriptionPart(report, node), node })
  }
  return into
}

function valueOf(report: Report, node: ObjectNode): string {
  if (!has(node, 'value')) return ''
  const text = scalarText(node.value.value)
  if (text !== null) return text.slice(0, postmanLimits.resolved + 1)
  report.add('changed', childOf(node, 'value'), 'The value of this variable is no text, so it was left out.')
  return ''
}
