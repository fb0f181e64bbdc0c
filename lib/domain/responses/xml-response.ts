import { XMLParser } from 'fast-xml-parser'
import { countWork } from '../work-meter'

/** Reads a third party's XML as an object, so that paths work on it. Nothing is expanded, fetched or executed. */

/** In characters. */
export const longestStructure = 1_048_576
const deepest = 50

const parser = new XMLParser({
  ...{
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: '#text',
    cdataPropName: '#cdata',
  },
  ...{
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
  },
  ...{ processEntities: false, maxNestedTags: deepest, jPath: false },
})

export type XmlValue = string | XmlValue[] | { [name: string]: XmlValue }

/** A node as fast-xml-parser returns it in order: one key for the element or the text, and one for the attributes. */
type Node = Record<string, unknown>

/**
 * Element names are keys, a repeated element is a list, attributes are `@name`, and text is the element's value, or
 * `#text` if the element has attributes or child elements. Undefined if the text is not XML, declares its own entities,
 * or is too large or too deep to be a token response.
 */
export function readXml(text: string): { [name: string]: XmlValue } | undefined {
  const trimmed = text.trim()
  if (trimmed.length > longestStructure || !/^<[?!A-Za-z_]/.test(trimmed) || !trimmed.endsWith('>')) return undefined
  if (/<!(?:doctype|entity)|<html[\s>]/i.test(trimmed)) return undefined
  countWork(trimmed.length)
  try {
    const root = elementOf(parser.parse(trimmed) as Node[], {})
    return typeof root === 'string' || Array.isArray(root) ? undefined : root
  } catch {
    return undefined
  }
}

function elementOf(children: readonly Node[], attributes: Record<string, unknown>): XmlValue {
  const values = new Map<string, XmlValue[]>()
  const add = (name: string, value: XmlValue) => {
    const earlier = values.get(name)
    if (earlier) earlier.push(value)
    else values.set(name, [value])
  }
  for (const [name, value] of Object.entries(attributes)) add(name, decode(String(value)))
  let text = ''
  for (const child of children) {
    const name = Object.keys(child).find((key) => key !== ':@') ?? ''
    if (name === '#text') text += decode(String(child[name]))
    else if (name === '#cdata') text += (child[name] as Node[]).map((part) => String(part['#text'])).join('')
    else add(name, elementOf(child[name] as Node[], (child[':@'] ?? {}) as Record<string, unknown>))
  }
  if (values.size === 0) return text
  if (text !== '') add('#text', text)
  return Object.fromEntries(
    [...values].map(([name, [first, ...others]]) => [name, others.length === 0 ? first! : [first!, ...others]]),
  )
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Decodes the five entities and the character references of XML itself; anything else stays as it is. */
function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi,
    (written, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? written
      const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : written
    },
  )
}

/** If a path names an element that has only text and attributes, its value is the text. */
export function textOfElement(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(textOfElement)
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '#text')) return value
  const others = Object.keys(value).filter((name) => name !== '#text')
  return others.every((name) => name.startsWith('@')) ? (value as { '#text': unknown })['#text'] : value
}

/** The same without namespace prefixes, which each server chooses freely. */
export function withoutPrefixes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrefixes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.replace(/^(@?)[^:]+:/, '$1'), withoutPrefixes(inner)]),
  )
}
