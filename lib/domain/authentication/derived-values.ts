import { signJwt } from '../jwt/sign-jwt'
import { refuse, succeed, type Result } from '../result'
import { renderTemplate } from '../templates/render-template'
import { parseTemplate } from '../templates/parse-template'
import type { ScopedValue, TemplateContext, TemplateScope } from '../templates/template'
import type { MethodOptions } from '../method-options/options-schema'

/**
 * The computed values of a method and its signed JWT, made when a text first names one and then the same for the whole
 * request. They are made of the method's own variables: an endpoint's variable of the same key must not get into them.
 */
export function withDerivedValues(
  options: MethodOptions,
  scope: TemplateScope,
  context: TemplateContext,
): TemplateContext {
  const made = new Map<string, Result<ScopedValue>>()
  const underway = new Set<string>()
  const derived = (name: string): Result<ScopedValue> | undefined => {
    const make = makerOf(name, options)
    if (make === undefined) return context.derived?.(name)
    const earlier = made.get(name)
    if (earlier?.ok) return earlier
    if (underway.has(name))
      return refuse('invalid_template', `The value ${name} names itself, directly or through others.`)
    underway.add(name)
    const value = make(scope, inner)
    underway.delete(name)
    made.set(name, value)
    return value
  }
  const inner: TemplateContext = { ...context, derived }
  return inner
}

type Maker = (scope: TemplateScope, context: TemplateContext) => Result<ScopedValue>

function makerOf(name: string, options: MethodOptions): Maker | undefined {
  if (name === 'signed_jwt') return (scope, context) => signedJwt(options, scope, context)
  const source = options.computed.find(({ key }) => key === name)?.value
  return source === undefined ? undefined : (scope, context) => compute(name, source, scope, context)
}

/** Whoever has it may use it until it ends. */
function signedJwt({ jwt }: MethodOptions, scope: TemplateScope, context: TemplateContext): Result<ScopedValue> {
  const value = signJwt({ jwt, scope, context })
  return value.ok ? succeed({ value: value.value, required: true, secrecy: 'whole', label: 'signed_jwt' }) : value
}

function compute(name: string, source: string, scope: TemplateScope, context: TemplateContext): Result<ScopedValue> {
  const template = parseTemplate(source)
  if (!template.ok) return template
  const rendered = renderTemplate(template.value, scope, context)
  if (!rendered.ok) return rendered
  const { text, secrecy } = rendered.value
  return succeed({ value: text, required: false, secrecy, label: name })
}
