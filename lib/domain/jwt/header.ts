import type { JwtOptions } from '../method-options/options-schema'
import { refuse, succeed, type Result } from '../result'
import { renderUnlessEmpty } from '../templates/render-template'
import { parseTemplate } from '../templates/parse-template'
import type { TemplateContext, TemplateScope } from '../templates/template'
import type { JwtAlgorithm } from './compact-jws'

/** `alg` is set by the algorithm; `crit` and `b64` would change how the JWT is read (RFC 7515 §4.1.11, RFC 7797). */
export const ownParameters: readonly string[] = ['alg', 'crit', 'b64']

/**
 * The header with `alg`, `typ` JWT and the parameters of the method, such as `kid`, `x5t` and `x5t#S256`. A parameter of
 * the method without a value is left out, even `typ`.
 * @see RFC 7515 §4.1
 */
export function renderHeader(
  rows: JwtOptions['header'],
  algorithm: JwtAlgorithm,
  { scope, context }: { scope: TemplateScope; context: TemplateContext },
): Result<string> {
  const parameters = new Map<string, string>([
    ['alg', JSON.stringify(algorithm)],
    ['typ', '"JWT"'],
  ])
  for (const { name, value } of rows) {
    if (ownParameters.includes(name))
      return refuse('invalid_input', `Patchbay sets the header parameter ${name} of the JWT itself. Remove it.`)
    const template = parseTemplate(value)
    if (!template.ok) return template
    const rendered = renderUnlessEmpty(template.value, scope, context)
    if (!rendered.ok) return rendered
    const text = rendered.value?.text
    if (text) parameters.set(name, writeParameter(name, text))
    else parameters.delete(name)
  }
  return succeed(`{${[...parameters].map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`)
}

/** All are text, except the certificate chain, which is a list of certificates (RFC 7515 §4.1.6). */
function writeParameter(name: string, text: string): string {
  return JSON.stringify(name === 'x5c' ? text.split(/[\s,]+/).filter((part) => part !== '') : text)
}
