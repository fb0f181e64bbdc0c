import { withDerivedValues } from '../authentication/derived-values'
import type { JwtOptions, MethodOptions } from '../method-options/options-schema'
import type { ConnectorDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { oauthScope } from './authorize-url'
import { refuse, succeed, type Result } from '../result'
import { parseTemplate } from '../templates/parse-template'
import { variablesOf, type TemplateContext } from '../templates/template'
import { effectiveDefinitions, type VariableValues } from '../variables/resolve-variables'
import { signJwt } from '../jwt/sign-jwt'

export type SigningKeyInput = {
  connector: ConnectorDefinition
  method: MethodDefinition
  values: VariableValues
  context: TemplateContext
}

/**
 * Checks that the typed key can sign with the method's algorithm. An invalid PEM or the wrong kind of key is reported at
 * its own field before anything is sent or stored.
 */
export function checkSigningKey(input: SigningKeyInput): Result<null> {
  const { options } = input.method
  if (!signsJwt(input.method, options)) return succeed(null)
  const { jwt } = options
  const scope = oauthScope(input)
  const context = withDerivedValues(options, scope, input.context)
  // Claims may depend on a request, which this check does not have. What is signed does not matter.
  const bare = { ...jwt, header: [], claims: [] }
  const parts: [keyof JwtOptions, JwtOptions][] = [
    ['lifetime', { ...bare, algorithm: 'HS256', key: 'any', keyEncoding: 'text' }],
    ['algorithm', { ...bare, key: '', lifetime: '' }],
    ['key', { ...bare, lifetime: '' }],
  ]
  for (const [name, part] of parts) {
    const signed = signJwt({ jwt: part, scope, context })
    // The algorithm is checked without a key; a missing key is reported after it.
    if (!signed.ok && !(name === 'algorithm' && signed.error.code === 'missing_value'))
      return refuse(signed.error.code, signed.error.message, fieldOf(input, jwt[name] as string))
  }
  return succeed(null)
}

function signsJwt({ type, phases, parameters }: MethodDefinition, options: MethodOptions): boolean {
  if (type === 'signed_jwt') return true
  if (
    [options.clientAuthentication, ...phases.map(({ clientAuthentication }) => clientAuthentication)].includes(
      'private_key_jwt',
    )
  )
    return true
  return /\{\{-?\s*signed_jwt\b/.test(JSON.stringify([phases, parameters, options]))
}

/** The field of the variable, if the template is a single variable. */
function fieldOf({ connector, method }: SigningKeyInput, source: string): string | undefined {
  const template = parseTemplate(source)
  const [name, ...others] = template.ok ? variablesOf(template.value) : []
  const variable =
    others.length === 0 ? effectiveDefinitions({ connector, method }).find(({ key }) => key === name) : undefined
  return variable && `values.${variable.id}`
}
