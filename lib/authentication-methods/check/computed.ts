import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import { variablesOf } from '@/lib/domain/templates/template'
import { checkOwnKey, checkTemplate, firstRefusal } from './texts'

type Computed = MethodOptions['computed']

/** Checks computed values: keys are unique, templates can be parsed, and no value refers to itself. */
export function checkComputed(computed: Computed, variableKeys: readonly string[]): Result<null> {
  const keys = computed.map(({ key }) => key)
  return firstRefusal(
    computed.flatMap(({ key, value }, index) => [
      () => checkOwnKey(key, keys.slice(0, index), `options.computed.${index}.key`),
      () => checkNoVariable(key, variableKeys, `options.computed.${index}.key`),
      () => checkTemplate(value, '', `options.computed.${index}.value`),
      () => checkNotCircular(key, computed, `options.computed.${index}.value`),
    ]),
  )
}

function checkNoVariable(key: string, variableKeys: readonly string[], field: string): Result<null> {
  if (!variableKeys.includes(key)) return succeed(null)
  return refuse(
    'invalid_input',
    `There is already a variable ${key}, so {{ ${key} }} would be ambiguous. Choose another key.`,
    field,
  )
}

function checkNotCircular(key: string, computed: Computed, field: string): Result<null> {
  const seen = new Set<string>()
  const open = namesIn(key, computed)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === key)
      return refuse(
        'invalid_template',
        `The computed value ${key} refers to itself, directly or through others.`,
        field,
      )
    if (seen.has(name)) continue
    seen.add(name)
    open.push(...namesIn(name, computed))
  }
  return succeed(null)
}

/** The computed values that a computed value uses. */
function namesIn(key: string, computed: Computed): string[] {
  const template = parseTemplate(computed.find((entry) => entry.key === key)?.value ?? '')
  return template.ok ? variablesOf(template.value).filter((name) => computed.some((entry) => entry.key === name)) : []
}
