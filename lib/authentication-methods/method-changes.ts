import { compareFields, compareValues } from '@/lib/domain/history/compare-values'
import type { FieldChange } from '@/lib/domain/history/field-change'
import { parameterChanges, type ComparedParameter } from '@/lib/domain/history/parameter-changes'
import { phaseField } from '@/lib/domain/method-options/phase-field'
import type { PhaseKind } from '@/lib/domain/vocabulary'
import { methodFields, type MethodFields } from './fields'

/** A method with its requests and parameters, as it is compared for the audit log. */
export type ComparedMethod = {
  fields: MethodFields
  phases: readonly ComparedPhase[]
  parameters: readonly ComparedParameter[]
}

type ComparedPhase = {
  kind: PhaseKind
  step: number
  httpMethod: string | null
  url: string | null
  bodyFormat: string | null
  body: string | null
  clientAuthentication: string | null
  successRule: unknown
  extract: unknown
}

/** Options whose value is a credential if it was typed literally instead of as a template. */
const credentialOptions = /^options\.(placement\.value|basic\.username|(jwt|signature)\.(key|accessKeyId))$/

/** What an edit of *Authentication setup* changed, field by field. */
export function methodChanges(before: ComparedMethod, after: ComparedMethod): FieldChange[] {
  const { options: optionsBefore, ...own } = before.fields
  return [
    ...compareFields(ownFields, own, after.fields),
    ...compareValues('options', optionsBefore, after.fields.options, { nameOf: optionName }),
    ...phaseChanges(before.phases, after.phases),
    ...parameterChanges(before.parameters, after.parameters),
  ]
}

const { options: _compared, ...ownFields } = methodFields

function optionName(field: string): string {
  return credentialOptions.test(field) ? 'secret' : field.split('.').at(-1)!
}

function phaseChanges(before: readonly ComparedPhase[], after: readonly ComparedPhase[]): FieldChange[] {
  const [was, is] = [byField(before), byField(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((field) =>
    compareValues(field, was.get(field), is.get(field)),
  )
}

function byField(phases: readonly ComparedPhase[]): Map<string, object> {
  return new Map(
    phases.map((phase) => {
      const { httpMethod, url, bodyFormat, body, clientAuthentication, successRule, extract } = phase
      return [phaseField(phase), { httpMethod, url, bodyFormat, body, clientAuthentication, successRule, extract }]
    }),
  )
}
