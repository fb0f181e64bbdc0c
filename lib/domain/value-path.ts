import { refuse, succeed, type Result } from './result'

/**
 * Paths in values: `a.b`, `0.id`, `*.id`, `orders[0].id`, `['a.b'].c`. They are the same for JSON, XML and CSV. A name
 * with dots, brackets or spaces is written in brackets and quotes, in which `\'`, `\"` and `\\` are escapes.
 */

/** A name, which is also the index of an item, or every item. `['*']` is a name, `*` is not. */
export type PathStep = { name: string } | { every: true }
/** No steps: the whole value. */
export type ValuePath = readonly PathStep[]

/** In characters. */
export const longestValuePath = 512
const mostSteps = 32

const every: PathStep = { every: true }

const quoted = (quote: string) => String.raw`\[${quote}(?:[^${quote}\\\u0000-\u001f]|\\["'\\]){1,256}${quote}\]`
const bracketed = String.raw`\[(?:\d{1,9}|\*)\]|${quoted("'")}|${quoted('"')}`
const plainName = String.raw`[^\s.[\]{}]{1,256}`

/** One step after the first, as the source of a regular expression without groups that capture. */
export const pathStepSource = String.raw`(?:\.${plainName}|${bracketed})`

const step = new RegExp(String.raw`\.(${plainName})|(${bracketed})`, 'y')

/** Reads a path that follows a root: `.a.b`, `[0].id`, or nothing. */
export function readPathSteps(text: string): Result<ValuePath> {
  if (text.length > longestValuePath)
    return refuse('invalid_input', `A path has at most ${longestValuePath} characters.`)
  const steps: PathStep[] = []
  step.lastIndex = 0
  for (let at = 0; at < text.length; at = step.lastIndex) {
    step.lastIndex = at
    const match = step.exec(text)
    if (!match) return refuse('invalid_input', brokenPath)
    steps.push(readStep(match[1], match[2] ?? ''))
  }
  if (steps.length <= mostSteps) return succeed(steps)
  return refuse('invalid_input', `A path has at most ${mostSteps} steps.`)
}

const brokenPath = "This path cannot be read. Write it as orders.0.id, and names with dots or spaces as ['order id']."

function readStep(plain: string | undefined, inBrackets: string): PathStep {
  if (plain !== undefined) return plain === '*' ? every : { name: plain }
  const inside = inBrackets.slice(1, -1)
  if (inside === '*') return every
  return { name: /^\d/.test(inside) ? inside : inside.slice(1, -1).replace(/\\(["'\\])/g, '$1') }
}

/** Reads a path as people type it, also with `$` for the whole value: `orders.0.id`, `$.orders`, `$` or nothing. */
export function readValuePath(text: string): Result<ValuePath> {
  const trimmed = text.trim()
  const isRooted = /^\$(?=$|[.[])/.test(trimmed)
  const rest = isRooted ? trimmed.slice(1) : trimmed
  return readPathSteps(isRooted || rest === '' || rest.startsWith('[') ? rest : `.${rest}`)
}

/** The path as text, which `readValuePath` reads again. */
export function writeValuePath(path: ValuePath): string {
  return path.map(writeStep).join('').replace(/^\./, '')
}

function writeStep(part: PathStep): string {
  if ('every' in part) return '.*'
  if (/^[^\s.[\]{}'"\\*$]{1,256}$/.test(part.name)) return `.${part.name}`
  return `['${part.name.replace(/['\\]/g, String.raw`\$&`)}']`
}
