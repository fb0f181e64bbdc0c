import { refuse, succeed, type Result } from '../result'
import { placementPlaces, type PlacementPlace } from '../vocabulary'
import type { Placement } from './options'

/** Small readers for the options column: absent means the default, a wrong value is refused by its name. */

export type Json = Record<string, unknown>

export function asObject(options: unknown): Json {
  return typeof options === 'object' && options !== null && !Array.isArray(options) ? (options as Json) : {}
}

function own(options: Json, name: string): unknown {
  return Object.hasOwn(options, name) ? options[name] : undefined
}

function wrong(name: string): Result<never> {
  return refuse(
    'invalid_input',
    `The option ${name} of this authentication method has a value that is not known.`,
    `options.${name}`,
  )
}

/** @param fallback null where the text has to be given */
export function readText(options: Json, name: string, fallback: string | null): Result<string> {
  const value = own(options, name) ?? fallback
  return typeof value === 'string' ? succeed(value) : wrong(name)
}

export function readTexts(options: Json, name: string, fallback: readonly string[]): Result<string[]> {
  const value = own(options, name) ?? fallback
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? succeed([...value]) : wrong(name)
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

/** Null says that there is none; absent, the default. */
export function readSeconds(options: Json, name: string, fallback: number | null): Result<number | null> {
  const given = own(options, name)
  const value = given === undefined ? fallback : given
  if (value === null || (typeof value === 'number' && Number.isInteger(value) && value > 0)) return succeed(value)
  return wrong(name)
}

export function readStatuses(options: Json, name: string, fallback: readonly number[]): Result<number[]> {
  const value = own(options, name) ?? fallback
  const valid =
    Array.isArray(value) && value.every((status) => Number.isInteger(status) && status >= 100 && status <= 599)
  return valid ? succeed([...(value as number[])]) : wrong(name)
}

/** A list of objects, all of whose named fields are text. */
export function readRows<Field extends string>(
  options: Json,
  name: string,
  fields: readonly Field[],
  fallback: readonly Record<Field, string>[],
): Result<Record<Field, string>[]> {
  return readList(options, name, fallback, (row) =>
    fields.every((field) => typeof own(row, field) === 'string')
      ? succeed(Object.fromEntries(fields.map((field) => [field, own(row, field)])) as Record<Field, string>)
      : wrong(name),
  )
}

export function readList<Row>(
  options: Json,
  name: string,
  fallback: readonly Row[],
  read: (row: Json) => Result<Row>,
): Result<Row[]> {
  const value = own(options, name)
  if (value === undefined || value === null) return succeed([...fallback])
  if (!Array.isArray(value)) return wrong(name)
  const rows: Row[] = []
  for (const item of value) {
    const row = read(asObject(item))
    if (!row.ok) return wrong(name)
    rows.push(row.value)
  }
  return succeed(rows)
}

export function readObject<Value>(
  options: Json,
  name: string,
  fallback: Value,
  read: (object: Json) => Result<Value>,
): Result<Value> {
  const value = own(options, name)
  if (value === undefined || value === null) return succeed(fallback)
  if (typeof value !== 'object' || Array.isArray(value)) return wrong(name)
  const object = read(value as Json)
  return object.ok ? object : wrong(name)
}

export function readPlacement(options: Json, fallback: Placement): Result<Placement> {
  const value = asObject(own(options, 'placement') ?? fallback)
  const place = own(value, 'place')
  const known = Object.keys(placementPlaces).includes(String(place))
  if (!known || typeof own(value, 'key') !== 'string' || typeof own(value, 'value') !== 'string')
    return wrong('placement')
  return succeed({ place: place as PlacementPlace, key: value.key as string, value: value.value as string })
}
