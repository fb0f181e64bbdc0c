import type { ConnectorDefinition, EndpointDefinition, VariableDefinition } from '../definitions'
import type { SecretBook } from '../secret-book'
import type { ScopedValue, TemplateScope } from '../templates/template'

/** Finds the effective definition of each variable, and its effective value. */

export type DefinitionOwners = {
  connector: Pick<ConnectorDefinition, 'variables'>
  method?: { variables: readonly VariableDefinition[] }
  endpoint?: Pick<EndpointDefinition, 'variables'>
}

/**
 * One definition per key. If several levels have the same key, the nearest one wins: endpoint > authentication method >
 * connector (PRODUCT: Variable). The method's list includes the connector variables it uses, with the method's flags.
 */
export function effectiveDefinitions({ connector, method, endpoint }: DefinitionOwners): VariableDefinition[] {
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

/** Values from people and third parties. An empty value counts as missing. */
export type VariableValues = {
  /** Values of a connection shape, by variable ID; only for variables of the endpoint. */
  shape?: ReadonlyMap<string, string>
  /** Values stored from a token response or a callback, by key. */
  stored?: ReadonlyMap<string, string>
  /** Values of the method for all its instances, by variable ID. */
  method?: ReadonlyMap<string, string>
  /** Values of the instance, by variable ID. */
  instance?: ReadonlyMap<string, string>
}

/**
 * The effective value: shape > stored > method > instance > default (DATA §3). The method's value comes before the
 * instance's, because the instance form then does not show the field, and a value that nobody can see or change must not
 * win. A variable that is never shown takes no value from a person, only a stored one or its default. A shape sets only
 * variables of the endpoint: otherwise it could direct an instance to another host or replace its credentials (rule R14).
 */
export function effectiveValue(definition: VariableDefinition, values: VariableValues): string {
  const stored = values.stored?.get(definition.key)
  const shape = definition.level === 'endpoint' ? values.shape?.get(definition.id) : undefined
  const fromPeople = [values.method?.get(definition.id), values.instance?.get(definition.id)]
  const candidates = isShown(definition) ? [shape, stored, ...fromPeople] : [stored]
  return candidates.find((value) => value !== undefined && value !== '') ?? definition.defaultValue
}

/** All variables that a template may use, with their values. `unused` keys have no value and are not required. */
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
  const value = effectiveValue(definition, values)
  const untrusted = value !== '' && value === values.stored?.get(key)
  return { value, required: definition.required, secrecy, label: displayName, ...(untrusted && { untrusted }) }
}

/** Adds the secret values of a scope. */
export function addSecretsOf(scope: TemplateScope, secrets: SecretBook): void {
  for (const { value, secrecy } of scope.values()) secrets.add({ text: value, secrecy })
}
