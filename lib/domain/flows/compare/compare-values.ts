import { counted } from '../../counted'
import { sentences } from '../../sentences'
import { writeValuePath, type PathStep } from '../../value-path'
import { writeJson } from '../values/json'
import { ExactNumber, isValueObject, type Value } from '../values/value'

/** Compares the payload that an *assert* shape expects with the one that arrived. */

export type Difference = {
  /** Where it is; empty for the whole payload. */
  path: string
  /** A sentence: “Expected 2, but it is 3.” */
  message: string
}

export type Comparison = { differences: Difference[]; hasMore: boolean }

const mostShown = 10
const longestShown = 120

/**
 * The first differences, in the order of the expected value. Numbers are equal if their values are, however they are
 * written, and the order of properties does not matter.
 * @param isPartial whether the actual value may have further properties; its lists are still as long as expected
 */
export function compareValues(expected: Value, actual: Value, isPartial = false): Comparison {
  const found: Difference[] = []
  for (const difference of differencesIn(expected, actual, [], isPartial)) {
    if (found.length === mostShown) return { differences: found, hasMore: true }
    found.push(difference)
  }
  return { differences: found, hasMore: false }
}

function* differencesIn(expected: Value, actual: Value, path: PathStep[], isPartial: boolean): Generator<Difference> {
  if (Array.isArray(expected) && Array.isArray(actual)) yield* inLists(expected, actual, path, isPartial)
  else if (isValueObject(expected) && isValueObject(actual)) yield* inObjects(expected, actual, path, isPartial)
  else if (!isSame(expected, actual))
    yield at(
      path,
      `Expected ${shown(expected)}, but it is ${shown(actual)}${isSameText(expected, actual) ? kinds(expected, actual) : ''}.`,
    )
}

function* inLists(expected: Value[], actual: Value[], path: PathStep[], isPartial: boolean): Generator<Difference> {
  for (const [index, value] of expected.entries()) {
    if (index === actual.length) break
    yield* differencesIn(value, actual[index]!, [...path, { name: String(index) }], isPartial)
  }
  if (expected.length !== actual.length)
    yield at(
      path,
      `Expected ${counted(expected.length, 'item')}, but there ${actual.length === 1 ? 'is' : 'are'} ${actual.length.toLocaleString('en-GB')}.`,
    )
}

function* inObjects(
  expected: Record<string, Value>,
  actual: Record<string, Value>,
  path: PathStep[],
  isPartial: boolean,
): Generator<Difference> {
  for (const [name, value] of Object.entries(expected)) {
    const inner = [...path, { name }]
    if (Object.hasOwn(actual, name)) yield* differencesIn(value, actual[name]!, inner, isPartial)
    else yield at(inner, `Expected ${shown(value)}, but it is missing.`)
  }
  if (isPartial) return
  for (const [name, value] of Object.entries(actual))
    if (!Object.hasOwn(expected, name)) yield at([...path, { name }], `It is ${shown(value)}, but it is not expected.`)
}

function at(path: PathStep[], message: string): Difference {
  return { path: writeValuePath(path), message }
}

function isSame(one: Value, other: Value): boolean {
  if (isNumber(one) && isNumber(other)) return decimalOf(one) === decimalOf(other)
  return one === other
}

function isNumber(value: Value): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber
}

/** The same text for equal numbers: the digits without zeros around them, and the exponent of the last one. */
function decimalOf(number: number | ExactNumber): string {
  const text = number instanceof ExactNumber ? number.text : String(number)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  // Longer ones are not computed with; they are equal only if they are written the same.
  if (exponent.length > 15) return text
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const significant = digits.slice(0, endWithoutZeros(digits))
  if (significant === '') return '0'
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`
}

/** A regular expression for zeros at the end would try each zero in a long number. */
function endWithoutZeros(digits: string): number {
  let end = digits.length
  while (digits.charAt(end - 1) === '0') end -= 1
  return end
}

/** Values of different kinds that look the same: 1 and “1”. */
function isSameText(expected: Value, actual: Value): boolean {
  return plain(expected) !== null && plain(expected) === plain(actual)
}

function plain(value: Value): string | null {
  if (value instanceof ExactNumber) return value.text
  return typeof value === 'object' ? null : String(value)
}

function kinds(expected: Value, actual: Value): string {
  return ` (expected ${kindOf(expected)}, but it is ${kindOf(actual)})`
}

function kindOf(value: Value): string {
  if (isNumber(value)) return 'a number'
  return typeof value === 'boolean' ? 'true or false' : 'text'
}

function shown(value: Value): string {
  if (Array.isArray(value)) return `a list of ${counted(value.length, 'item')}`
  if (isValueObject(value)) return `an object with ${counted(Object.keys(value).length, 'property', 'properties')}`
  if (typeof value === 'string') return `“${cut(value)}”`
  return cut(writeJson(value))
}

function cut(text: string): string {
  const line = text.slice(0, longestShown + 1).replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
  return line.length > longestShown ? `${line.slice(0, longestShown)}…` : line
}

/** The comparison as one text, for the error of a payload. */
export function comparisonInWords({ differences, hasMore }: Comparison): string {
  const lines = differences.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  return sentences('The payload is not as expected', ...lines, ...(hasMore ? ['There are further differences'] : []))
}
