import { refuse, succeed, type Result } from '../result'
import { parameterPlaces, type ParameterPlace } from '../vocabulary'
import type { Placement } from './types'

/** Small readers for the options column: absent means the default, a wrong value is refused by its name. */

export type Json = Record<string, unknown>

export function asObject(options: unknown): Json {
  return typeof options === 'object' && options !== null && !Array.isArray(options) ? (options as Json) : {}
}

function own(options: Json, name: string): unknown {
  return Object.hasOwn(options, name) ? options[name] : undefined
}

function wrong(name: string): Result<never> {
  return refuse('invalid_input', `The option ${name} of this authentication method has a value that is not known.`, `options.${name}`)
}

export function readText(options: Json, name: string, fallback: string): Result<string> {
  const value = own(options, name) ?? fallback
  return typeof value === 'string' ? succeed(value) : wrong(name)
}

export function readFlag(options: Json, name: string, fallback: boolean): Result<boolean> {
  const value = own(options, name) ?? fallback
  return typeof value === 'boolean' ? succeed(value) : wrong(name)
}

export function readChoice<Choice extends string>(
  options: Json,
  name: string,
  choices: readonly Choice[],
  fallback: Choice,
): Result<Choice> {
  const value = own(options, name) ?? fallback
  const choice = choices.find((candidate) => candidate === value)
  return choice === undefined ? wrong(name) : succeed(choice)
}

export function readSeconds(options: Json, name: string): Result<number | null> {
  const value = own(options, name) ?? null
  if (value === null || (typeof value === 'number' && Number.isInteger(value) && value > 0)) return succeed(value)
  return wrong(name)
}

export function readStatuses(options: Json, name: string, fallback: readonly number[]): Result<number[]> {
  const value = own(options, name) ?? fallback
  const valid = Array.isArray(value) && value.every((status) => Number.isInteger(status) && status >= 100 && status <= 599)
  return valid ? succeed([...(value as number[])]) : wrong(name)
}

/** A list of objects, all of whose named fields are text. */
export function readRows<Field extends string>(options: Json, name: string, fields: readonly Field[]): Result<Record<Field, string>[]> {
  const value = own(options, name) ?? []
  if (!Array.isArray(value)) return wrong(name)
  const rows = value.map(asObject)
  if (!rows.every((row) => fields.every((field) => typeof own(row, field) === 'string'))) return wrong(name)
  return succeed(rows as Record<Field, string>[])
}

export function readPlacement(options: Json, fallback: Placement): Result<Placement> {
  const value = asObject(own(options, 'placement') ?? fallback)
  const place = own(value, 'place')
  const known = Object.keys(parameterPlaces).includes(String(place))
  if (!known || typeof own(value, 'key') !== 'string' || typeof own(value, 'value') !== 'string') return wrong('placement')
  return succeed({ place: place as ParameterPlace, key: value.key as string, value: value.value as string })
}
