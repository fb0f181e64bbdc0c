import { nearestName } from '../nearest-name'
import { refuse, succeed, type Result } from '../result'
import { pathStepSource, readPathSteps, type ValuePath } from '../value-path'
import type { FlowPart, TextPart } from './template'

/**
 * The grammar of flow values, for texts of connectors and of shapes: `[[payload]]`, `[[payload.a.b]]`, `[[meta.key]]`,
 * `[[flow.name]]`, `[[run.as_of]]`. `[["[["]]` is two brackets as text.
 */

export const flowRoots = ['payload', 'meta', 'flow', 'run'] as const
export type FlowRoot = (typeof flowRoots)[number]
export const runValues = ['id', 'as_of'] as const
export type RunValue = (typeof runValues)[number]

export type FlowReference =
  { root: 'payload'; path: ValuePath } | { root: 'meta' | 'flow'; name: string } | { root: 'run'; value: RunValue }

/** A flow value in a text. `[[flow]]` and `[[run]]` alone are words. */
export const flowReference = new RegExp(
  String.raw`\[\[\s{0,20}((?:payload|meta)${pathStepSource}{0,32}|(?:flow|run)${pathStepSource}{1,32})\s{0,20}\]\]`,
  'g',
)
const flowReferenceOrBrackets = new RegExp(String.raw`${flowReference.source}|\[\["\[\["\]\]`, 'g')

/** What may be meant as a flow value. */
const flowBeginning = /\[\[\s{0,20}([A-Za-z_][\w-]{0,63})(\s{0,20}\]\]|[.[])?/g

/** Text between outputs, and the flow values in it. */
export function readFlowParts(text: string): Result<(TextPart | FlowPart)[]> {
  const parts: (TextPart | FlowPart)[] = []
  let end = 0
  for (const match of text.matchAll(flowReferenceOrBrackets)) {
    const between = readText(text.slice(end, match.index))
    if (!between.ok) return between
    parts.push(...between.value)
    if (match[1] === undefined) parts.push({ kind: 'text', text: '[[' })
    else {
      const reference = readFlowReference(match[1])
      if (!reference.ok) return reference
      parts.push({ kind: 'flow', reference: match[1] })
    }
    end = match.index + match[0].length
  }
  const rest = readText(text.slice(end))
  return rest.ok ? succeed([...parts, ...rest.value]) : rest
}

/**
 * Refuses what can only be meant as a flow value. Everything else between two brackets is text, because other languages
 * use them too: `[[1, 2]]`, `[[Int]]` of GraphQL, `[[package]]` of TOML, `[[a page]]` of a wiki.
 */
function readText(text: string): Result<TextPart[]> {
  for (const [found, name = '', ending] of text.matchAll(flowBeginning)) {
    const hasPath = ending === '.' || ending === '['
    const isRoot = flowRoots.some((root) => root === name)
    if (isRoot && (hasPath || !mayBeWord.has(name)))
      return refuse('invalid_template', `${shown(text, found)} cannot be read. ${howToWrite}`)
    if (!isRoot && ending !== undefined && nearestName(name, ['payload']) !== null) return unknownRoot(name)
  }
  return succeed(text === '' ? [] : [{ kind: 'text', text }])
}

const mayBeWord: ReadonlySet<string> = new Set(['flow', 'run'])

const howToWrite =
  "Write a flow value as [[payload.path]], [[meta.key]], [[flow.name]] or [[run.id]], and names with spaces or dots as [[payload['order id']]]."

/** The reference up to its end, or some characters of it. */
function shown(text: string, beginning: string): string {
  const from = text.indexOf(beginning)
  const end = text.indexOf(']]', from)
  return end === -1 || end - from > 80 ? `${text.slice(from, from + 40)}…` : text.slice(from, end + 2)
}

function unknownRoot(name: string): Result<never> {
  const near = nearestName(name, flowRoots)
  const hint = near
    ? ` Did you mean [[${near}]]?`
    : ` A flow value begins with ${flowRoots.join(', ')}. Write brackets as text as [["[["]].`
  return refuse('invalid_template', `[[${name}]] is not a flow value.${hint}`)
}

/** Reads what is between the brackets of a flow value: `payload.orders.0.id`. */
export function readFlowReference(text: string): Result<FlowReference> {
  const root = flowRoots.find((candidate) => text.startsWith(candidate) && !/^\w/.test(text.slice(candidate.length)))
  if (!root) return unknownRoot(text.slice(0, 64))
  const path = readPathSteps(text.slice(root.length))
  if (!path.ok) return refuse('invalid_template', `[[${text.slice(0, 80)}]] cannot be read. ${path.error.message}`)
  if (root === 'payload') return succeed({ root, path: path.value })
  const [step, ...others] = path.value
  const name = step && 'name' in step && others.length === 0 ? step.name : null
  if (root !== 'run') {
    if (name !== null) return succeed({ root, name })
    const example = root === 'meta' ? '[[meta.key]]' : '[[flow.name]]'
    return refuse('invalid_template', `[[${text.slice(0, 80)}]] needs one name, as in ${example}.`)
  }
  const value = runValues.find((candidate) => candidate === name)
  if (value) return succeed({ root, value })
  return refuse('invalid_template', `[[${text.slice(0, 80)}]] does not exist. A run has [[run.id]] and [[run.as_of]].`)
}
