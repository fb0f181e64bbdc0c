import { isSecretName } from '@/lib/domain/variables/literal-secrets'
import { isPageToken } from './placeholders'

/** A secret in a text, recognised by the name beside it. */
export type NamedSecret = { name: string; start: number; end: number }

/** Takes the place of what was found already. It ends a value and a name. */
export const blank = ';'

/** The beginning of a pair in a URL, a form or JSON, also of one inside the value of another (`https://host?token=…`). */
const pairs = /(?<![\w.-])([\w.-]{1,128})["']?\s*[:=]\s*["']?/g
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
  for (const { 0: found, 1: name = '', index } of text.matchAll(beginning)) {
    if (text[index - 1] === '$' && variables.has(name)) continue
    if (!isSecretName(name.replace(/^.*[:.]/, '')) || isPageToken(name)) continue
    const start = index + found.length
    behind.lastIndex = start
    const secret = behind.exec(text)?.[0] ?? ''
    if (variables.has(used.exec(secret)?.[1])) continue
    if (secret.replaceAll(blank, '').trim() !== '') return { name, start, end: start + secret.length }
  }
  return null
}
