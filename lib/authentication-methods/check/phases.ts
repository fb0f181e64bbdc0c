import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { checkJsonTemplate } from '@/lib/domain/content/json-template'
import { checkJsonPath } from '@/lib/domain/responses/json-path'
import { phaseField } from '@/lib/domain/method-options/phase-field'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import { isReservedName } from '@/lib/domain/templates/template'
import { checkUrlTemplate } from '@/lib/domain/urls/url-template'
import { authenticationTypes, phaseKinds, type AuthenticationType, type PhaseKind } from '@/lib/domain/vocabulary'
import type { SaveMethod } from '../schema'
import { at, checkResponseSource, checkOwnKey, checkTemplate, firstRefusal, refuseLiteralSecret } from './texts'

type Phase = SaveMethod['phases'][number]

/** How many requests a phase may have; the default is one. */
const mostRequests: Partial<Record<PhaseKind, number>> = { exchange: 5, verify: 3, after_connect: 3 }

/** Checks every request of a method. Errors name the field `phases.<kind>…`. */
export function checkPhases(type: AuthenticationType, phases: readonly Phase[]): Result<null> {
  return firstRefusal(
    phases.map((phase, index) => () => {
      const field = phaseField(phase)
      const known = checkKind(type, phase, field)
      if (!known.ok) return known
      if (phases.slice(0, index).some((other) => phaseField(other) === field))
        return refuse('invalid_input', `“${phaseKinds[phase.kind]}” is listed twice.`, field)
      return checkPhase(phase, field)
    }),
  )
}

function checkKind(type: AuthenticationType, { kind, step }: Phase, field: string): Result<null> {
  const { phases: known } = authenticationTypeDefinitions[type]
  if (!known.includes(kind))
    return refuse('invalid_input', `${authenticationTypes[type]} has no request “${phaseKinds[kind]}”.`, field)
  // With a request token (OAuth 1), the protocol defines the token request.
  const most = kind === 'exchange' && known.includes('request_token') ? 1 : (mostRequests[kind] ?? 1)
  if (step < most) return succeed(null)
  return refuse(
    'invalid_input',
    most === 1
      ? `“${phaseKinds[kind]}” can only be one request.`
      : `“${phaseKinds[kind]}” can be at most ${most} requests.`,
    field,
  )
}

function checkPhase(phase: Phase, field: string): Result<null> {
  return firstRefusal([
    () => checkUrl(phase, `${field}.url`),
    () => checkBody(phase, `${field}.body`),
    () => checkRule(phase, `${field}.successRule`),
    () => checkExtractions(phase, `${field}.extract`),
  ])
}

function checkUrl({ url, step }: Phase, field: string): Result<null> {
  if (!url)
    return step === 0 ? succeed(null) : refuse('invalid_input', 'Enter the URL of this request, or remove it.', field)
  const checked = at(field, checkUrlTemplate(url, { relative: true }))
  return checked.ok ? refuseLiteralSecret(url, undefined, field) : checked
}

function checkBody({ body, bodyFormat }: Phase, field: string): Result<null> {
  const checked = checkTemplate(body ?? '', '', field)
  if (!checked.ok || bodyFormat !== 'json') return checked
  const template = parseTemplate(body ?? '')
  return at(field, template.ok ? checkJsonTemplate(template.value) : template)
}

function checkRule({ successRule: rule }: Phase, field: string): Result<null> {
  if (!rule) return succeed(null)
  for (const name of ['jsonPath', 'rejectedPath'] as const) {
    const path = rule[name] === '' ? succeed('') : checkJsonPath(rule[name])
    if (!path.ok) return at(`${field}.${name}`, path)
  }
  if (rule.rejectedValue === '' || rule.rejectedPath !== '') return succeed(null)
  return refuse('invalid_input', 'Enter the JSON path where this value is expected.', `${field}.rejectedPath`)
}

/** Values from a token request are named by its step, so reserved names are allowed: {{ step1.access_token }}. */
function checkExtractedKey(kind: PhaseKind, key: string, earlier: readonly string[], field: string): Result<null> {
  return kind === 'exchange' && isReservedName(key) && !earlier.includes(key)
    ? succeed(null)
    : checkOwnKey(key, earlier, field)
}

function checkExtractions({ kind, extract }: Phase, field: string): Result<null> {
  const rows = extract ?? []
  const keys = rows.map(({ variable }) => variable)
  return firstRefusal(
    rows.flatMap(({ variable, path }, index) => [
      () => checkExtractedKey(kind, variable, keys.slice(0, index), `${field}.${index}.variable`),
      () => checkResponseSource(path, null, `${field}.${index}.path`),
    ]),
  )
}
