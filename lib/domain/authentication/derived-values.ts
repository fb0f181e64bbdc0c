import { refuse, succeed, type Result } from '../result'
import { renderTemplate } from '../render-template'
import { parseTemplate, type ScopedValue, type TemplateContext, type TemplateScope } from '../templates'
import type { MethodOptions } from './options'

/**
 * The computed values of a method, made when a text first names one and then the same for the whole request. They are
 * made of the method's own variables: an endpoint's variable of the same key must not get into them.
 */
export function withDerivedValues(options: MethodOptions, scope: TemplateScope, context: TemplateContext): TemplateContext {
  if (options.computed.length === 0) return context
  const made = new Map<string, Result<ScopedValue>>()
  const underway = new Set<string>()
  const derived = (name: string): Result<ScopedValue> | undefined => {
    const source = options.computed.find(({ key }) => key === name)?.value
    if (source === undefined) return context.derived?.(name)
    const earlier = made.get(name)
    if (earlier?.ok) return earlier
    if (underway.has(name)) return refuse('invalid_template', `The computed value ${name} names itself, directly or through others.`)
    underway.add(name)
    const value = compute(name, source, scope, inner)
    underway.delete(name)
    made.set(name, value)
    return value
  }
  const inner: TemplateContext = { ...context, derived }
  return inner
}

function compute(name: string, source: string, scope: TemplateScope, context: TemplateContext): Result<ScopedValue> {
  const template = parseTemplate(source)
  if (!template.ok) return template
  let secret = false
  const rendered = renderTemplate(template.value, scope, {
    ...context,
    onSecret: (text) => {
      secret = true
      context.onSecret?.(text)
    },
  })
  return rendered.ok ? succeed({ value: rendered.value, required: false, secret, label: name }) : rendered
}
