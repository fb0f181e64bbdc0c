import type { ValuePath } from '../../value-path'
import { refuse, succeed, type Result } from '../../result'
import { isIndex } from '../values/at-path'
import { payloadLimits } from '../values/limits'
import { scanXml, XmlProblem } from '../values/xml-scan'
import type { Slices } from './slices'

/**
 * Finds the elements at a path and cuts them out as they are written. Namespaces that their ancestors declare are added,
 * because an element without them would no longer be readable.
 */

/** The elements of one name in their parent: all of them, or one by its index. */
type Level = { name: string; index: number | null }
type OpenElement = {
  /** How many levels of the path lead to this element; -1 if it is beside the path. */
  level: number
  /** How many children the path's next name has had. */
  seen: number
  begin: number
  nameEnd: number
  openEnd: number
  name: string
  /** The declarations of this element and its ancestors, by attribute name. */
  namespaces: ReadonlyMap<string, string>
  parent: OpenElement | null
  /** Its ancestors' declarations that it does not have itself, as attributes. */
  inherited: string
}
type Found = { element: OpenElement; end: number }

export function sliceXml(text: string, path: ValuePath): Result<Slices> {
  const levels = levelsOf(path)
  if (!levels.ok) return levels
  const found: Found[] = []
  try {
    scan(text, levels.value, found)
  } catch (error) {
    if (error instanceof XmlProblem) return refuse('invalid_value', error.message)
    throw error
  }
  return succeed({
    count: found.length,
    one: (index) => withNamespaces(text, found[index]!),
    many: (begin, end) => manyOf(text, found.slice(begin, end)),
  })
}

/** Null if the path finds nothing in any document. A single element counts as a list of one. */
function levelsOf(path: ValuePath): Result<Level[] | null> {
  const levels: Level[] = []
  let isItem = true
  for (const step of path) {
    const index = 'every' in step ? null : isIndex(step.name) ? Number(step.name) : undefined
    if (index !== undefined) {
      const last = levels.at(-1)
      if (!isItem && last) last.index = index
      else if (index !== null && index > 0) return succeed(null)
      isItem = true
    } else if ('name' in step) {
      if (/^[@#]/.test(step.name))
        return refuse('invalid_value', `XML is split by elements, and ${step.name} is not the name of an element.`)
      levels.push({ name: step.name, index: null })
      isItem = false
    }
  }
  return succeed(levels)
}

function scan(text: string, levels: readonly Level[] | null, found: Found[]): void {
  const none: ReadonlyMap<string, string> = new Map()
  let open: OpenElement | null = null
  let seenRoots = 0
  scanXml(text, {
    open: ({ name, attributes }, { begin, nameEnd, end }) => {
      const parent: OpenElement | null = open
      const above = parent?.namespaces ?? none
      const own = Object.entries(attributes).filter(([key]) => /^xmlns(?::|$)/.test(key))
      const before = parent?.level ?? 0
      const wanted = before === -1 ? undefined : levels?.[before]
      let level = -1
      if (wanted?.name === name) {
        const number = parent ? parent.seen++ : seenRoots++
        if (wanted.index === null || wanted.index === number) level = before + 1
      }
      const isFound = levels?.length === 0 ? parent === null : level === levels?.length
      open = {
        ...{ level: isFound ? -1 : level, seen: 0, begin, nameEnd, openEnd: end, name, parent },
        namespaces: own.length === 0 ? above : new Map([...above, ...own]),
        inherited: level === -1 && !isFound ? '' : inheritedFrom(above, own),
      }
      if (!isFound) return
      if (found.length === payloadLimits.parts) {
        const most = payloadLimits.parts.toLocaleString('en-GB')
        throw new XmlProblem(`The payload would be split into more than ${most} parts.`)
      }
      found.push({ element: open, end })
    },
    close: (end) => {
      const closed = open!
      open = closed.parent
      // Found elements are not inside each other, so it is the last one if it was found at all.
      const last = found.at(-1)
      if (last?.element === closed) last.end = end
    },
  })
}

function inheritedFrom(above: ReadonlyMap<string, string>, own: readonly (readonly [string, string])[]): string {
  let attributes = ''
  for (const [key, value] of above)
    if (!own.some(([name]) => name === key)) attributes += ` ${key}="${escapeAttribute(value)}"`
  return attributes
}

function escapeAttribute(value: string): string {
  return value.replace(/[&<"\n\t\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function withNamespaces(text: string, { element, end }: Found): string {
  const { begin, nameEnd, inherited } = element
  return inherited === '' ? text.slice(begin, end) : text.slice(begin, nameEnd) + inherited + text.slice(nameEnd, end)
}

/** Several elements inside the start tag of the first one's parent. */
function manyOf(text: string, found: readonly Found[]): string {
  const parent = found[0]?.element.parent
  if (!parent) return found.map((each) => withNamespaces(text, each)).join('')
  const inside = found.map((each) =>
    each.element.parent === parent ? text.slice(each.element.begin, each.end) : withNamespaces(text, each),
  )
  const tag = text.slice(parent.begin, parent.nameEnd) + parent.inherited + text.slice(parent.nameEnd, parent.openEnd)
  return `${tag}${inside.join('')}</${parent.name}>`
}
