import 'server-only'
import { checkAnswerOptions, checkAnswerRules } from '@/lib/domain/authentication/check-answer-options'
import type { MethodOptions } from '@/lib/domain/authentication/options'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { checkJwtOptions } from '@/lib/domain/jwt/check-jwt-options'
import { checkJsonTemplate } from '@/lib/domain/json-body'
import { findLiteralSecret } from '@/lib/domain/literal-secrets'
import { checkHeaderName, checkHeaderTemplate } from '@/lib/domain/headers'
import { phaseField } from '@/lib/domain/phase-field'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { parseTemplate } from '@/lib/domain/templates'
import { checkUrlTemplate } from '@/lib/domain/url-template'
import { authenticationTypes, phaseKinds, type AuthenticationType, type PhaseKind } from '@/lib/domain/vocabulary'
import { fieldErrorsOf } from '@/lib/forms/form-state'
import { optionsSchemas } from './options-schema'
import type { SaveMethod } from './schema'

/**
 * What must hold of a method before it is saved: options as its type reads them, templates that parse, URLs that can be
 * split into their parts, headers that are headers, and no literal secret in the definition (rule R10).
 * The refusal names the field as the form does (`phases.exchange.url`, `parameters.2.key`, `options.placement.value`).
 * @returns the options to store
 */
export function checkMethod(type: AuthenticationType, input: SaveMethod): Result<object> {
  const options = checkOptions(type, input.options)
  if (!options.ok) return options
  for (const check of [checkPhases(type, input.phases), checkParameters(type, input.parameters), checkOptionTemplates(options.value)]) {
    if (!check.ok) return check
  }
  return options
}

function checkOptions(type: AuthenticationType, options: unknown): Result<object> {
  const parsed = optionsSchemas[type].safeParse(options)
  if (parsed.success) return succeed(parsed.data)
  const [field = '', message = ''] = Object.entries(fieldErrorsOf(parsed.error))[0] ?? []
  return refuse('invalid_input', message, `options.${field}`)
}

function checkPhases(type: AuthenticationType, phases: SaveMethod['phases']): Result<null> {
  const { phases: known } = authenticationTypeDefinitions[type]
  const seen = new Set<string>()
  for (const phase of phases) {
    const field = phaseField(phase)
    if (seen.has(field)) return refuse('invalid_input', `${phaseKinds[phase.kind]} stands there twice.`, field)
    seen.add(field)
    if (phase.step > 0 && !phasesOfSeveral.includes(phase.kind)) return refuse('invalid_input', `${phaseKinds[phase.kind]} is one request.`, field)
    if (!known.includes(phase.kind)) return refuse('invalid_input', `${authenticationTypes[type]} has no request "${phaseKinds[phase.kind]}".`, field)
    if (phase.url) {
      const url = checkUrlTemplate(phase.url, { relative: true })
      if (!url.ok) return refuse(url.error.code, url.error.message, `${field}.url`)
      const literal = refuseLiteralSecret(phase.url, undefined, `${field}.url`)
      if (!literal.ok) return literal
    }
    const body = checkBody(phase, `${field}.body`)
    if (!body.ok) return body
    const rules = checkAnswerRules(phase, field)
    if (!rules.ok) return rules
  }
  return succeed(null)
}

/** Those that may take several requests in order. */
const phasesOfSeveral: readonly PhaseKind[] = ['exchange', 'verify', 'after_connect']

function checkBody({ body, bodyFormat }: SaveMethod['phases'][number], field: string): Result<null> {
  const checked = checkTemplate(body ?? '', '', field)
  if (!checked.ok || bodyFormat !== 'json') return checked
  const template = parseTemplate(body ?? '')
  const json = template.ok ? checkJsonTemplate(template.value) : template
  return json.ok ? checked : refuse(json.error.code, json.error.message, field)
}

function checkParameters(type: AuthenticationType, parameters: SaveMethod['parameters']): Result<null> {
  const { phases: known } = authenticationTypeDefinitions[type]
  for (const [index, parameter] of parameters.entries()) {
    const field = `parameters.${index}`
    const foreign = parameter.phases.find((kind) => kind !== 'endpoint' && !known.includes(kind))
    if (foreign) return refuse('invalid_input', `${authenticationTypes[type]} has no request "${phaseKinds[foreign]}".`, `${field}.phases`)
    if (parameter.place === 'header') {
      const header = checkHeader(parameter, field)
      if (!header.ok) return header
    }
    const value = checkTemplate(parameter.value, parameter.key, `${field}.value`)
    if (!value.ok) return value
  }
  return succeed(null)
}

function checkHeader({ key, value }: { key: string; value: string }, field: string): Result<null> {
  const name = checkHeaderName(key)
  if (!name.ok) return refuse(name.error.code, name.error.message, `${field}.key`)
  const template = parseTemplate(value)
  const text = template.ok ? checkHeaderTemplate(key, template.value) : template
  return text.ok ? succeed(null) : refuse(text.error.code, text.error.message, `${field}.value`)
}

function checkOptionTemplates(options: object): Result<null> {
  const answers = checkAnswerOptions(options)
  if (!answers.ok) return answers
  const { placement, jwt } = options as Partial<Pick<MethodOptions, 'placement' | 'jwt'>>
  const checkedJwt = jwt ? checkJwtOptions(jwt) : succeed(null)
  if (!checkedJwt.ok) return checkedJwt
  if (!placement) return succeed(null)
  if (placement.place === 'header') {
    const header = checkHeader(placement, 'options.placement')
    if (!header.ok) return header
  }
  return checkTemplate(placement.value, placement.key, 'options.placement.value')
}

function checkTemplate(source: string, fieldName: string, field: string): Result<null> {
  const template = parseTemplate(source)
  if (!template.ok) return refuse(template.error.code, template.error.message, field)
  return refuseLiteralSecret(source, fieldName, field)
}

function refuseLiteralSecret(text: string, fieldName: string | undefined, field: string): Result<null> {
  const literal = findLiteralSecret(text, fieldName)
  if (!literal) return succeed(null)
  return refuse(
    'literal_secret',
    'This looks like a secret. A definition is shared and holds none: add a secret variable, write {{ its_key }} here, and give the value on the instance.',
    field,
  )
}
