import { renderTemplate } from '../templates/render-template'
import { succeed, type Result } from '../result'
import { parseTemplate } from '../templates/parse-template'
import type { CredentialInput } from './types'

/** Renders templates by name. A missing value is refused with the name of its variable. */
export function renderTexts<Name extends string>(
  templates: Record<Name, string>,
  { scope, context }: Pick<CredentialInput, 'scope' | 'context'>,
): Result<Record<Name, string>> {
  const texts: Partial<Record<Name, string>> = {}
  for (const name of Object.keys(templates) as Name[]) {
    const template = parseTemplate(templates[name])
    if (!template.ok) return template
    const rendered = renderTemplate(template.value, scope, context)
    if (!rendered.ok) return rendered
    texts[name] = rendered.value.text
  }
  return succeed(texts as Record<Name, string>)
}

/**
 * The values of a type's own variables. One with a default may have been removed from the method (rule R13) or have no
 * value: then the default is used.
 */
export function readOwnValues<Key extends string>(
  keys: readonly Key[],
  input: Pick<CredentialInput, 'scope' | 'context'>,
  defaults: Partial<Record<Key, string>> = {},
): Result<Record<Key, string>> {
  const present = keys.filter((key) => defaults[key] === undefined || input.scope.has(key))
  const texts = renderTexts(Object.fromEntries(present.map((key) => [key, `{{ ${key} }}`])), input)
  if (!texts.ok) return texts
  return succeed(
    Object.fromEntries(keys.map((key) => [key, texts.value[key] || (defaults[key] ?? '')])) as Record<Key, string>,
  )
}
