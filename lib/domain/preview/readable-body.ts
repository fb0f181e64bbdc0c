import { parseJson } from '../responses/json-limits'
import { readXml } from '../responses/xml-response'

/** A logged body, formatted for reading. A body that is in no known format, or was cut, stays as it is. */
export type ReadableBody =
  { kind: 'json' | 'xml'; text: string } | { kind: 'form'; pairs: [name: string, value: string][] } | { kind: 'text' }

const indent = '  '

/** Recognises the format from the text itself, because content types are often missing or wrong. */
export function readableBody(text: string): ReadableBody {
  const trimmed = text.trim()
  if (/^[[{]/.test(trimmed) && parseJson(trimmed) !== undefined) return { kind: 'json', text: indentJson(trimmed) }
  if (readXml(trimmed) !== undefined) return { kind: 'xml', text: indentXml(trimmed) }
  if (/^[^\s=&<>{}"]+=[^\s<>{}"]*$/.test(trimmed)) return { kind: 'form', pairs: [...new URLSearchParams(trimmed)] }
  return { kind: 'text' }
}

/** Changes only the white space between tokens. Parsing would round long numbers. */
function indentJson(json: string): string {
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g) ?? []
  let depth = 0
  let text = ''
  for (const [index, token] of tokens.entries()) {
    const isEmpty = (token === '{' || token === '[') && /[\]}]/.test(tokens[index + 1] ?? '')
    const closesEmpty = /^[\]}]$/.test(token) && /^[[{]$/.test(tokens[index - 1] ?? '')
    if (/^[\]}]$/.test(token) && !closesEmpty) text += `\n${indent.repeat((depth -= 1))}`
    text += token === ':' ? ': ' : token
    if (/^[[{]$/.test(token) && !isEmpty) text += `\n${indent.repeat((depth += 1))}`
    if (token === ',') text += `\n${indent.repeat(depth)}`
  }
  return text
}

const xmlTokens = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(?:[^<>"']|"[^"]*"|'[^']*')+>|[^<]+/g

/** Writes each element on its own line; an element that contains only text stays on one line with its text. */
function indentXml(xml: string): string {
  const tokens = (xml.match(xmlTokens) ?? []).map((token) => token.trim()).filter((token) => token !== '')
  const lines: string[] = []
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1] ?? ''
    if (isClosing(token)) depth -= 1
    const joins =
      isClosing(token) && !isMarkup(before) ? isOpening(tokens[index - 2] ?? '') : isClosing(token) && isOpening(before)
    if (joins || (!isMarkup(token) && isOpening(before) && isClosing(tokens[index + 1] ?? ''))) {
      lines.push(`${lines.pop() ?? ''}${token}`)
    } else {
      lines.push(`${indent.repeat(Math.max(0, depth))}${token}`)
    }
    if (isOpening(token)) depth += 1
  }
  return lines.join('\n')
}

const isMarkup = (token: string) => token.startsWith('<') && !token.startsWith('<![CDATA[')
const isClosing = (token: string) => token.startsWith('</')
const isOpening = (token: string) => /^<[^/!?]/.test(token) && !token.endsWith('/>')
