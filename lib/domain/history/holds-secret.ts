import { findLiteralSecret, isSecretName } from '../variables/literal-secrets'

/**
 * Pairs of a name and a value, as URLs, forms, JSON and headers write them. A pair may begin inside the value of another
 * (`https://host?key=…`).
 */
const pairs = /(?<![\w.-])(?=([\w.-]{1,128})["']?\s*[:=]\s*["']?([^"'&\s,;}<]+))/g
/** `<password>…</password>` */
const elements = /<([\w.:-]{1,128})[^<>]*>([^<]+)</g
/** `https://name:password@host` */
const userInfo = /\/\/[^/?#\s@]+:[^/?#\s@]*@/

/**
 * Whether a text may hold a literal secret: more careful than what a person is asked about (rule R10), because the audit
 * log keeps it for good.
 * @param name under which the text is sent or stored
 */
export function holdsSecret(text: string, name: string): boolean {
  if (text === '') return false
  if (isLiteralOf(name, text) || findLiteralSecret(text, name) !== null || userInfo.test(text)) return true
  return [pairs, elements].some((form) => [...text.matchAll(form)].some(([, key, value]) => isLiteralOf(key!, value!)))
}

/** However short. A value that a variable gives is named, not known. */
function isLiteralOf(name: string, text: string): boolean {
  return isSecretName(name) && !/\{\{|\[\[/.test(text)
}
