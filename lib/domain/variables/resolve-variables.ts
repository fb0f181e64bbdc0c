import type { ConnectorDefinition, EndpointDefinition, VariableDefinition } from '../definitions'
import type { SecretBook } from '../secret-book'
import type { ScopedValue, TemplateScope } from '../templates/template'

/** Which definition of a variable is in force, and which of its values. */

export type DefinitionOwners = {
  connector: Pick<ConnectorDefinition, 'variables'>
  method?: { variables: readonly VariableDefinition[] }
  endpoint?: Pick<EndpointDefinition, 'variables'>
}

/**
 * One definition per key: where levels share a key the nearer one wins, endpoint > authentication method > connector
 * (PRODUCT: Variable). A connector variable that the method uses stands in the method's list with the method's flags.
 */
export function definitionsInForce({ connector, method, endpoint }: DefinitionOwners): VariableDefinition[] {
  const byKey = new Map<string, VariableDefinition>()
  const used = method?.variables.filter(({ level }) => level === 'connector') ?? []
  const own = method?.variables.filter(({ level }) => level !== 'connector') ?? []
  for (const definition of [...connector.variables, ...used, ...own, ...(endpoint?.variables ?? [])])
    byKey.set(definition.key, definition)
  return [...byKey.values()]
}

/** A variable that is neither required, configurable nor advanced is never shown (PRODUCT: Variable). */
export function isShown(definition: Pick<VariableDefinition, 'required' | 'configurable' | 'advanced'>): boolean {
  return definition.required || definition.configurable || definition.advanced
}

/** The values that people and third parties gave. An empty value counts as none. */
export type VariableValues = {
  /** Of a connection shape, by variable id. Only variables of the endpoint take one. */
  shape?: ReadonlyMap<string, string>
  /** Kept from a token answer or a callback, by key. */
  stored?: ReadonlyMap<string, string>
  /** Held by the method for all its instances, by variable id. */
  method?: ReadonlyMap<string, string>
  /** Of the instance, by variable id. */
  instance?: ReadonlyMap<string, string>
}

/**
 * The value in force: shape > kept > held by the method > instance > default (DATA §3). What the method holds stands
 * before the instance's own value because the instance form does not ask for it then: a value that nobody can see or
 * change must not win. A variable that is never shown takes no value from a person, only a kept one or its default. A
 * shape fills variables of the endpoint: were it to replace those of the connector or the method, it could aim an
 * instance elsewhere or swap its credentials (rule R14).
 */
export function valueInForce(definition: VariableDefinition, values: VariableValues): string {
  const kept = values.stored?.get(definition.key)
  const shape = definition.level === 'endpoint' ? values.shape?.get(definition.id) : undefined
  const fromPeople = [values.method?.get(definition.id), values.instance?.get(definition.id)]
  const candidates = isShown(definition) ? [shape, kept, ...fromPeople] : [kept]
  return candidates.find((value) => value !== undefined && value !== '') ?? definition.defaultValue
}

/** Every variable that a template may name, with its value. `unused` keys have no value and are not required. */
export function scopeOf(
  definitions: readonly VariableDefinition[],
  values: VariableValues,
  unused: readonly string[] = [],
): TemplateScope {
  return new Map(definitions.map((definition) => [definition.key, scopedValue(definition, values, unused)]))
}

function scopedValue(definition: VariableDefinition, values: VariableValues, unused: readonly string[]): ScopedValue {
  const { key, displayName } = definition
  const secrecy = definition.secret ? 'whole' : 'none'
  if (unused.includes(key)) return { value: '', required: false, secrecy, label: displayName }
  const value = valueInForce(definition, values)
  const untrusted = value !== '' && value === values.stored?.get(key)
  return { value, required: definition.required, secrecy, label: displayName, ...(untrusted && { untrusted }) }
}

/** The values of a scope that must never be shown. */
export function addSecretsOf(scope: TemplateScope, secrets: SecretBook): void {
  for (const { value, secrecy } of scope.values()) secrets.add({ text: value, secrecy })
}
