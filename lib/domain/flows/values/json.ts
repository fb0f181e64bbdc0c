import { jsonProblem, jsonProblems } from '../../responses/json-limits'
import { refuse, succeed, type Result } from '../../result'
import {
  afterColon,
  closeBrace,
  closeBracket,
  endOfScalar,
  endOfString,
  JsonProblem,
  nextItem,
  openBrace,
  openBracket,
  skipSpace,
  stringBetween,
} from './json-scan'
import { ExactNumber, isValueObject, setProperty, type Value, type ValueObject } from './value'

/** Reads and writes JSON without changing a digit of a number. */

/**
 * May find more than the numbers that JavaScript would write differently, never less: exponents, `-0`, 16 or more digits,
 * zeros at the end of a fraction, and small fractions.
 */
const mayNeedText = /\d[eE]|-0(?![\d.])|[\d.]{16}|\.\d*0(?!\d)|-?0\.0{6}/

export function readJson(text: string): Result<Value> {
  const problem = jsonProblem(text)
  if (problem !== null) return refuse('invalid_value', `The payload ${jsonProblems[problem]}.`)
  try {
    return succeed(mayNeedText.test(text) ? new Reader(text).document() : (JSON.parse(text) as Value))
  } catch {
    return refuse('invalid_value', notJson(text))
  }
}

/** Says where, never what, because a payload may contain anything. */
function notJson(text: string): string {
  try {
    new Reader(text).document()
  } catch (error) {
    if (error instanceof JsonProblem) return jsonProblemAt(text, error.at)
  }
  return 'The payload is not JSON.'
}

/** The sentence about a text that is not JSON. */
export function jsonProblemAt(text: string, at: number): string {
  if (text.trim() === '') return 'The payload is empty, so it is not JSON.'
  const before = text.slice(0, at)
  const line = before.split('\n').length
  return `The payload is not JSON: see line ${line}, character ${at - before.lastIndexOf('\n')}.`
}

/** The depth was checked before. */
class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): Value {
    this.#at = skipSpace(this.#text, 0)
    const value = this.#value()
    this.#at = skipSpace(this.#text, this.#at)
    if (this.#at < this.#text.length) throw new JsonProblem(this.#at)
    return value
  }

  #value(): Value {
    const code = this.#text.charCodeAt(this.#at)
    if (code === openBrace) return this.#object()
    if (code === openBracket) return this.#list()
    const begin = this.#at
    this.#at = endOfScalar(this.#text, begin)
    return scalarBetween(this.#text, begin, this.#at)
  }

  #object(): ValueObject {
    const object: ValueObject = {}
    this.#at = skipSpace(this.#text, this.#at + 1)
    if (this.#closes(closeBrace)) return object
    for (;;) {
      const end = endOfString(this.#text, this.#at)
      const name = stringBetween(this.#text, this.#at, end)
      this.#at = afterColon(this.#text, end)
      setProperty(object, name, this.#value())
      if (this.#ends(closeBrace)) return object
    }
  }

  #list(): Value[] {
    const list: Value[] = []
    this.#at = skipSpace(this.#text, this.#at + 1)
    if (this.#closes(closeBracket)) return list
    for (;;) {
      list.push(this.#value())
      if (this.#ends(closeBracket)) return list
    }
  }

  #closes(close: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== close) return false
    this.#at += 1
    return true
  }

  #ends(close: number): boolean {
    const next = nextItem(this.#text, this.#at, close)
    this.#at = next.at
    return next.isEnd
  }
}

function scalarBetween(text: string, begin: number, end: number): Value {
  const first = text.charAt(begin)
  if (first === '"') return stringBetween(text, begin, end)
  if (first === 't' || first === 'f') return first === 't'
  if (first === 'n') return null
  const source = text.slice(begin, end)
  const number = Number(source)
  return String(number) === source ? number : new ExactNumber(source)
}

/** JSON without spaces; numbers as they were read. */
export function writeJson(value: Value): string {
  return hasExactNumber(value) ? write(value) : JSON.stringify(value)
}

function hasExactNumber(value: Value): boolean {
  if (value instanceof ExactNumber) return true
  if (Array.isArray(value)) return value.some(hasExactNumber)
  return isValueObject(value) && Object.values(value).some(hasExactNumber)
}

function write(value: Value): string {
  if (value instanceof ExactNumber) return value.text
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  if (!isValueObject(value)) return JSON.stringify(value)
  const pairs = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${write(inner)}`)
  return `{${pairs.join(',')}}`
}
