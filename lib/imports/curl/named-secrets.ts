import { isSecretName } from '@/lib/domain/variables/literal-secrets'
import { isPageToken } from './placeholders'

/** A secret in a text, recognised by the name beside it. */
export type NamedSecret = { name: string; start: number; end: number }

/** Takes the place of what was found already. It ends a value and a name. */
export const blank = ';'

/** Pairs in URLs, forms and JSON. A pair may begin inside the value of another (`https://host?token=…`). */
const pairs = /(?<![\w.-])(?=([\w.-]{1,128})["']?\s*[:=]\s*["']?([^"'&\s,;}<]+))/dg
/** `<password>…</password>` */
const elements = /<([\w.:-]{1,128})[^<>]*>([^<]+)</dg

/** The first secret that has a name beside it, in a text whose own name says nothing. */
export function firstNamedSecret(text: string): NamedSecret | null {
  for (const form of [pairs, elements])
    for (const { 1: name = '', indices } of text.matchAll(form)) {
      const [start, end] = indices?.[2] ?? [0, 0]
      if (text.slice(start, end).replaceAll(blank, '').trim() === '') continue
      if (isSecretName(name.replace(/^.*[:.]/, '')) && !isPageToken(name)) return { name, start, end }
    }
  return null
}
