import type { ValuePath } from '../../value-path'
import { refuse, succeed, type Result } from '../../result'
import { isIndex } from '../values/at-path'
import { jsonProblemAt } from '../values/json'
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
} from '../values/json-scan'
import { payloadLimits } from '../values/limits'
import type { Expansion, Slices } from './slices'

/**
 * Finds records in a JSON text and cuts them out as they are written, so that numbers and the order of properties
 * survive. One pass checks the whole text and stores only where the records begin and end.
 */
export function sliceJson(text: string, path: ValuePath, expansion: Expansion): Result<Slices> {
  const scan = new Scan(text, path, expansion === 'items')
  try {
    scan.document()
  } catch (error) {
    if (error instanceof JsonProblem) return refuse('invalid_value', jsonProblemAt(text, error.at))
    if (error instanceof Refused) return refuse('invalid_value', error.message)
    throw error
  }
  const { found } = scan
  const isOnlyList = found.length === 1 && found[0]!.items !== null
  const spans =
    expansion === 'only_list' && !isOnlyList
      ? found.flatMap(({ begin, end }) => [begin, end])
      : found.flatMap(({ begin, end, items }) => items ?? [begin, end])
  const one = (index: number) => text.slice(spans[2 * index], spans[2 * index + 1])
  return succeed({
    count: spans.length / 2,
    one,
    many: (begin, end) => `[${Array.from({ length: end - begin }, (_, index) => one(begin + index)).join(',')}]`,
  })
}

class Refused extends Error {}

/** `items`: begins and ends of the items alternately, if the value is a list. */
type Found = { begin: number; end: number; items: number[] | null }

class Scan {
  found: Found[] = []
  readonly #text: string
  readonly #path: ValuePath
  readonly #isLenient: boolean
  #at = 0
  #parts = 0

  /** @param isLenient whether a value that is not a list counts as a list of one; if not, `*` also means all properties */
  constructor(text: string, path: ValuePath, isLenient: boolean) {
    this.#text = text
    this.#path = path
    this.#isLenient = isLenient
  }

  document(): void {
    this.#at = skipSpace(this.#text, 0)
    this.#value(0, 0)
    this.#at = skipSpace(this.#text, this.#at)
    if (this.#at < this.#text.length) throw new JsonProblem(this.#at)
  }

  /** @param step the step of the path that applies to this value; null if the path does not lead through it */
  #value(step: number | null, depth: number): void {
    if (depth > payloadLimits.depth)
      throw new Refused(`The payload is nested too deeply to be read (more than ${payloadLimits.depth} levels).`)
    const code = this.#text.charCodeAt(this.#at)
    if (step === this.#path.length) this.#match(code, depth)
    else if (code === openBrace) this.#object(step, depth)
    else if (code === openBracket) this.#list(step, depth, null)
    else this.#scalar(step)
  }

  #match(code: number, depth: number): void {
    const begin = this.#at
    const items: number[] | null = code === openBracket ? [] : null
    if (items) this.#list(null, depth, items)
    else if (code === openBrace) this.#object(null, depth)
    else this.#at = endOfScalar(this.#text, begin)
    this.#count(items === null ? 1 : items.length / 2)
    this.found.push({ begin, end: this.#at, items })
  }

  #count(parts: number): void {
    this.#parts += parts
    if (this.#parts <= payloadLimits.parts) return
    const most = payloadLimits.parts.toLocaleString('en-GB')
    throw new Refused(`The payload would be split into more than ${most} parts.`)
  }

  /** A single value counts as a list of one. */
  #scalar(step: number | null): void {
    if (step !== null && this.#isOnlyItem(step) && this.#text.charAt(this.#at) !== 'n') this.#value(step + 1, 0)
    else this.#at = endOfScalar(this.#text, this.#at)
  }

  #isOnlyItem(step: number): boolean {
    if (!this.#isLenient) return false
    const wanted = this.#path[step]!
    return 'every' in wanted || wanted.name === '0'
  }

  #object(step: number | null, depth: number): void {
    const wanted = step === null ? undefined : this.#path[step]
    const isEvery = wanted !== undefined && 'every' in wanted
    if (isEvery && this.#isLenient) return this.#value(step! + 1, depth)
    const begin = this.#at
    const [earlier, parts] = [this.found.length, this.#parts]
    let hasName = false
    this.#at = skipSpace(this.#text, begin + 1)
    if (this.#text.charCodeAt(this.#at) === closeBrace) this.#at += 1
    else
      for (;;) {
        const end = endOfString(this.#text, this.#at)
        const isWanted = wanted && 'name' in wanted && stringBetween(this.#text, this.#at, end) === wanted.name
        this.#at = afterColon(this.#text, end)
        // The last of several properties with the same name counts, as in JSON.parse.
        if (isWanted) this.found.length = earlier
        if (isWanted) [this.#parts, hasName] = [parts, true]
        this.#value(isWanted || isEvery ? step! + 1 : null, depth + 1)
        const next = nextItem(this.#text, this.#at, closeBrace)
        this.#at = next.at
        if (next.isEnd) break
      }
    if (step === null || hasName || !this.#isOnlyItem(step)) return
    this.#at = begin
    this.#value(step + 1, depth)
  }

  #list(step: number | null, depth: number, items: number[] | null): void {
    const wanted = step === null ? undefined : this.#path[step]
    const isEvery = wanted !== undefined && 'every' in wanted
    const index = wanted && 'name' in wanted && isIndex(wanted.name) ? Number(wanted.name) : -1
    this.#at = skipSpace(this.#text, this.#at + 1)
    if (this.#text.charCodeAt(this.#at) === closeBracket) {
      this.#at += 1
      return
    }
    for (let number = 0; ; number += 1) {
      const begin = this.#at
      this.#value(isEvery || number === index ? step! + 1 : null, depth + 1)
      if (items) {
        items.push(begin, this.#at)
        if (number >= payloadLimits.parts) this.#count(number + 1)
      }
      const next = nextItem(this.#text, this.#at, closeBracket)
      this.#at = next.at
      if (next.isEnd) return
    }
  }
}
