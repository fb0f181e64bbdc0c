import { z } from 'zod'
import { isObject } from '../is-object'
import { methodOptions, optionFields, type MethodOptions } from '../method-options/options-schema'
import { optionGroups } from '../method-options/options'
import { refuse, succeed, type Result } from '../result'
import { keysOf } from '../text-schema'
import { authenticationTypes, type AuthenticationType } from '../vocabulary'
import { authenticationTypeDefinitions } from './registry'

/** Groups of options, whose fields each have a default of the type. */
const groups = ['basic', 'jwt', 'signature', 'oauth1'] as const
const isGroup = (name: string): name is (typeof groups)[number] => (groups as readonly string[]).includes(name)

function withDefault(name: keyof MethodOptions, value: unknown): z.ZodType {
  if (!isGroup(name)) return (optionFields[name] as z.ZodType).default(value)
  const shape = Object.entries(optionFields[name].shape as Record<string, z.ZodType>)
  const defaults = value as Record<string, unknown>
  return z
    .strictObject(Object.fromEntries(shape.map(([key, field]) => [key, field.default(defaults[key])])))
    .prefault({})
}

/** Exactly the options of the type; an option that is left out has the type's default. */
export const optionsSchemas = Object.fromEntries(
  keysOf(authenticationTypes).map((type) => [type, optionsSchemaOf(type)]),
) as unknown as Record<AuthenticationType, z.ZodObject>

function optionsSchemaOf(type: AuthenticationType) {
  const { optionGroups: groups, defaultOptions } = authenticationTypeDefinitions[type]
  const names = groups.flatMap((group) => optionGroups[group] as readonly (keyof MethodOptions)[])
  return z.strictObject(Object.fromEntries(names.map((name) => [name, withDefault(name, defaultOptions[name])])))
}

/**
 * Reads the options column of a method: missing options have the type's default, unknown ones are left out. The column
 * is written only through the schemas above, so an unreadable value is refused by its name.
 */
export function readMethodOptions(type: AuthenticationType, stored: unknown): Result<MethodOptions> {
  const parsed = methodOptions.safeParse(withDefaults(authenticationTypeDefinitions[type].defaultOptions, stored))
  if (parsed.success) return succeed(parsed.data)
  const [name = ''] = parsed.error.issues[0]?.path.map(String) ?? []
  return refuse(
    'invalid_input',
    `The option ${name} of this authentication method has an unknown value.`,
    `options.${name}`,
  )
}

function withDefaults(defaults: object, given: unknown): object {
  const from = isObject(given) ? given : {}
  return Object.fromEntries(
    Object.entries(defaults).map(([name, fallback]) => {
      const value = Object.hasOwn(from, name) ? from[name] : undefined
      if (value === undefined || (value === null && fallback !== null)) return [name, fallback]
      return [name, isGroup(name) && isObject(value) ? { ...(fallback as object), ...withoutUnset(value) } : value]
    }),
  )
}

function withoutUnset(value: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined))
}
