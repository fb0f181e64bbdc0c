import { foldName } from '@/lib/domain/names'
import { derivedName } from '@/lib/domain/requests/derived-name'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import { FreeNames } from '@/lib/domain/free-names'
import { definitionLimits } from './limits'
import { labelOf } from './texts'

type Named = { summary: string; operationId: string; method: HttpMethod; path: string }

/** A summary longer than this is a description. */
const longestSummary = 80

/** Gives every endpoint a readable name that is unique ignoring case: the summary, else the operationId in words. */
export class EndpointNames {
  readonly #names = new FreeNames(foldName)

  take(operation: Named): string {
    const { summary, operationId, method, path } = operation
    const base = baseName(operation)
    const candidates = [base, `${base} (${wordsOf(operationId)})`, `${base} (${method} ${path})`]
    const free = candidates
      .slice(operationId === '' || summary === '' ? 2 : 1)
      .map((candidate) => labelOf(candidate, definitionLimits.name))
    for (const candidate of [base, ...free]) if (this.#names.take(candidate)) return candidate
    return this.#names.takeNumbered(labelOf(base, definitionLimits.name - 8))
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
