import { isSecretName } from '@/lib/domain/variables/literal-secrets'
import { isPageToken } from './placeholders'

/** A secret in a text, recognised by the name beside it. */
export type NamedSecret = { name: string; start: number; end: number }

/** Takes the place of what was found already. It ends a value and a name. */
export const blank = ';'

/** The beginning of a pair in a URL, a form or JSON, also of one inside the value of another (`https://host?token=…`). */
const pairs = /(?<![\w.-])([\w.-]{1,128})\\*["']?\s*[:=]\s*(\\*["'])?/g
const value = /[^"'&\s,;}<]+/y
/** GraphQL declares a variable as `$name: Type`, and uses it as `$name`. Neither is a value. */
const declared = /\$([A-Za-z_]\w*)\s*:\s*\[*[A-Z]/g
const used = /^\$([A-Za-z_]\w*)[)\]]*$/
/** `<password>` */
const elements = /<([\w.:-]{1,128})[^<>]*>/g
const content = /[^<]+(?=<)/y

/** The first secret that has a name beside it, in a text whose own name says nothing. */
export function firstNamedSecret(text: string): NamedSecret | null {
  return firstOf(text, pairs, value) ?? firstOf(text, elements, content)
}

function firstOf(text: string, beginning: RegExp, behind: RegExp): NamedSecret | null {
  const variables = new Set([...text.matchAll(declared)].map(([, name]) => name))
  for (const { 0: found, 1: name = '', 2: quote, index } of text.matchAll(beginning)) {
    if (text[index - 1] === '$' && variables.has(name)) continue
    if (!isSecretName(name.replace(/^.*[:.]/, '')) || isPageToken(name)) continue
    const behindName = index + found.length
    const quoted = quote === undefined ? null : quotedAt(text, behindName, quote)
    behind.lastIndex = behindName
    const { start, secret } = quoted ?? { start: behindName, secret: behind.exec(text)?.[0] ?? '' }
    if (variables.has(used.exec(secret)?.[1])) continue
    if (secret.replaceAll(blank, '').trim() !== '') return { name, start, end: start + secret.length }
  }
  return null
}

/** To the closing quote, or to what was found already in between. Null if the quote is not closed. */
function quotedAt(text: string, from: number, quote: string): { start: number; secret: string } | null {
  let end = text.indexOf(quote, from)
  // Behind a backslash it belongs to the value, unless all quotes here are written so.
  while (end >= 0 && quote.length === 1 && text[end - 1] === '\\') end = text.indexOf(quote, end + 1)
  if (end < 0) return null
  const [before = ''] = /^[;\s]*/.exec(text.slice(from, end)) ?? []
  const start = from + before.length
  const taken = text.indexOf(blank, start)
  return { start, secret: text.slice(start, taken < 0 || taken > end ? end : taken) }
}
