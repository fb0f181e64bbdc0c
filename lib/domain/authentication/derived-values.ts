import { signJwt } from '../jwt/sign-jwt'
import { refuse, succeed, type Result } from '../result'
import { renderTemplate } from '../templates/render-template'
import { parseTemplate } from '../templates/parse-template'
import type { ScopedValue, TemplateContext, TemplateScope } from '../templates/template'
import type { MethodOptions } from '../method-options/options-schema'

/**
 * The computed values of a method and its signed JWT, computed when a text first uses one, and then the same for the
 * whole request. They use the method's own variables, never a variable of the endpoint with the same key.
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
      return refuse('invalid_template', `The computed value ${name} uses itself, directly or through other values.`)
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

/** A secret, because anybody can use it until it expires. */
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
