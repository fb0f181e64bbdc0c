import { foldName } from '@/lib/domain/names'
import { derivedName } from '@/lib/domain/requests/derived-name'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import { definitionLimits } from './limits'
import { labelOf } from './texts'

type Named = { summary: string; operationId: string; method: HttpMethod; path: string }

/** A summary longer than this is a description. */
const longestSummary = 80

/** Gives every endpoint a readable name that is unique ignoring case: the summary, else the operationId in words. */
export class EndpointNames {
  readonly #taken = new Set<string>()
  readonly #numbers = new Map<string, number>()

  take(operation: Named): string {
    const { summary, operationId, method, path } = operation
    const base = baseName(operation)
    const candidates = [base, `${base} (${wordsOf(operationId)})`, `${base} (${method} ${path})`]
    const free = candidates
      .slice(operationId === '' || summary === '' ? 2 : 1)
      .concat()
      .map((candidate) => labelOf(candidate, definitionLimits.name))
    for (const candidate of [base, ...free]) if (this.#reserve(candidate)) return candidate
    return this.#numbered(base)
  }

  /** Counts on from the last number of this name, so that 20,000 equal names cost no more than different ones. */
  #numbered(base: string): string {
    const start = labelOf(base, definitionLimits.name - 8)
    const folded = foldName(start)
    for (let number = this.#numbers.get(folded) ?? 2; ; number += 1) {
      const candidate = `${start} ${number}`
      if (!this.#reserve(candidate)) continue
      this.#numbers.set(folded, number + 1)
      return candidate
    }
  }

  #reserve(name: string): boolean {
    const folded = foldName(name)
    if (folded === '' || this.#taken.has(folded)) return false
    this.#taken.add(folded)
    return true
  }
}

function baseName({ summary, operationId, method, path }: Named): string {
  const short = labelOf(summary, definitionLimits.name).replace(/[.\s]+$/, '')
  if (short !== '' && short.length <= longestSummary) return short
  const words = labelOf(wordsOf(operationId), definitionLimits.name)
  if (words !== '') return words
  return short || labelOf(derivedName(method, path.replace(/#.*$/, '')), definitionLimits.name) || `${method} endpoint`
}

const verbs =
  /^(?:list|get|create|insert|add|update|patch|replace|delete|remove|search|query|find|send|cancel|batch get)$/

/** `youtube.videos.list` → “List youtube videos”, `getOrderById` → “Get order by id”. */
function wordsOf(operationId: string): string {
  const words = operationId
    .slice(0, 300)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => (/^[A-Z]{2,}\d*$/.test(word) ? word : word.toLowerCase()))
  const last = words.at(-1) ?? ''
  const ordered = operationId.includes('.') && verbs.test(last) ? [last, ...words.slice(0, -1)] : words
  const text = ordered.join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
