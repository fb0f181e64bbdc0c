import { phaseKinds, type ParameterLocation, type PhaseKind } from '../vocabulary'
import { compareValues } from './compare-values'
import type { FieldChange } from './field-change'

/** Parameters of a connector, a method or an endpoint, before and after a change. */

export type ComparedParameter = {
  id: string | null
  place: ParameterLocation
  key: string
  value: string
  required: boolean
  displayName: string
  helpText: string
  /** Only for a parameter of a method. */
  phases?: readonly PhaseKind[]
  steps?: readonly number[]
}

const locationWords: Record<ParameterLocation, string> = {
  header: 'header',
  url: 'URL parameter',
  body: 'body parameter',
  cookie: 'cookie',
}

/** Parameters are matched by ID. One without a known ID is new, and so is the second one with the same ID. */
export function parameterChanges(
  before: readonly ComparedParameter[],
  after: readonly ComparedParameter[],
): FieldChange[] {
  const earlier = new Map(before.map((parameter) => [parameter.id, parameter]))
  const stay = new Set(after.map(({ id }) => id))
  const removed = before.filter(({ id }) => !stay.has(id))
  const changes = after.flatMap((parameter) => {
    const was = earlier.get(parameter.id)
    earlier.delete(parameter.id)
    return was ? edited(was, parameter) : addedOrRemoved(parameter, 'added')
  })
  return [...removed.flatMap((parameter) => addedOrRemoved(parameter, 'removed')), ...changes, ...order(before, after)]
}

function nameOf({ place, key }: ComparedParameter): string {
  return `${locationWords[place]} ${key}`
}

function addedOrRemoved(parameter: ComparedParameter, how: 'added' | 'removed'): FieldChange[] {
  const named = { field: 'parameter', of: nameOf(parameter), how }
  const [value] = compareValues('parameter', null, parameter.value, { nameOf: () => parameter.key })
  return [value?.to === undefined ? named : { ...named, to: value.to }]
}

function edited(before: ComparedParameter, after: ComparedParameter): FieldChange[] {
  const of = nameOf(before)
  const one = (field: string, from: unknown, to: unknown, name = field) =>
    compareValues(`parameter.${field}`, from, to, { of, nameOf: () => name })
  return [
    ...(before.place === after.place && before.key === after.key
      ? []
      : [{ field: 'parameter.key', of, from: of, to: nameOf(after) }]),
    ...one('value', before.value, after.value, after.key),
    ...one('required', before.required, after.required),
    ...one('displayName', before.displayName, after.displayName),
    ...one('helpText', before.helpText, after.helpText),
    ...one('phases', phaseWords(before), phaseWords(after)),
    ...one('steps', stepWords(before), stepWords(after)),
  ]
}

function phaseWords({ phases = [] }: ComparedParameter): string[] {
  return phases.map((kind) => phaseKinds[kind]).sort()
}

function stepWords({ steps = [] }: ComparedParameter): number[] {
  return steps.map((step) => step + 1).sort()
}

function order(before: readonly ComparedParameter[], after: readonly ComparedParameter[]): FieldChange[] {
  const both = (some: readonly ComparedParameter[], others: readonly ComparedParameter[]) =>
    [...new Set(some.map(({ id }) => id))].filter((id) => id !== null && others.some((other) => other.id === id))
  const [was, is] = [both(before, after), both(after, before)]
  return was.join() === is.join() ? [] : [{ field: 'parameterOrder', how: 'changed' }]
}
