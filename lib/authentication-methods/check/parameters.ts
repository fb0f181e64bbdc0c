import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { checkCookieName } from '@/lib/domain/content/cookies'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { authenticationTypes, phaseKinds, type AuthenticationType } from '@/lib/domain/vocabulary'
import type { SaveMethod } from '../schema'
import { at, checkHeader, checkTemplate, firstRefusal } from './texts'

type Parameter = SaveMethod['parameters'][number]

/** Checks every parameter of a method. Errors name the field `parameters.<index>…`. */
export function checkParameters(
  type: AuthenticationType,
  parameters: readonly Parameter[],
  phases: SaveMethod['phases'],
): Result<null> {
  return firstRefusal(
    parameters.flatMap((parameter, index) => {
      const field = `parameters.${index}`
      return [
        () => checkCarriers(type, parameter, phases, `${field}.phases`),
        () => (parameter.place === 'header' ? checkHeader(parameter, field) : succeed(null)),
        () => (parameter.place === 'cookie' ? at(`${field}.key`, checkCookieName(parameter.key)) : succeed(null)),
        () => checkTemplate(parameter.value, parameter.key, `${field}.value`),
      ]
    }),
  )
}

/** Without this check, a parameter of a missing request would silently never be sent. */
function checkCarriers(
  type: AuthenticationType,
  { phases, steps }: Parameter,
  requests: SaveMethod['phases'],
  field: string,
): Result<null> {
  const { phases: known } = authenticationTypeDefinitions[type]
  const foreign = phases.find((kind) => kind !== 'endpoint' && !known.includes(kind))
  if (foreign)
    return refuse('invalid_input', `${authenticationTypes[type]} has no request “${phaseKinds[foreign]}”.`, field)
  const absent = steps.find(
    (step) => step > 0 && !requests.some((phase) => phases.includes(phase.kind) && phase.step === step),
  )
  return absent === undefined
    ? succeed(null)
    : refuse('invalid_input', `There is no request ${absent + 1} to send this parameter with.`, field)
}
