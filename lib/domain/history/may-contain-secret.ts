import { findLiteralSecret, isSecretName } from '../variables/literal-secrets'

/**
 * Pairs of a name and a value in URLs, forms, JSON and headers. A pair may begin inside the value of another
 * (`https://host?key=…`).
 */
const pairs = /(?<![\w.-])(?=([\w.-]{1,128})["']?\s*[:=]\s*["']?([^"'&\s,;}<]+))/g
/** `<password>…</password>` */
const elements = /<([\w.:-]{1,128})[^<>]*>([^<]+)</g
/** `https://name:password@host` */
const userInfo = /\/\/[^/?#\s@]+:[^/?#\s@]*@/

/**
 * Whether a text may contain a literal secret. Stricter than the check that asks a person (rule R10), because the audit
 * log stores the text permanently.
 * @param name under which the text is sent or stored
 */
export function mayContainSecret(text: string, name: string): boolean {
  if (text === '') return false
  if (isLiteralOf(name, text) || findLiteralSecret(text, name) !== null || userInfo.test(text)) return true
  return [pairs, elements].some((form) => [...text.matchAll(form)].some(([, key, value]) => isLiteralOf(key!, value!)))
}

/** Even a short value counts. A template or a flow value does not: it contains only the name of a value. */
function isLiteralOf(name: string, text: string): boolean {
  return isSecretName(name) && !/\{\{|\[\[/.test(text)
}
