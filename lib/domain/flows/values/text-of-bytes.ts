import { refuse, succeed, type Result } from '../../result'
import type { PayloadFormat } from './value'

/**
 * The text of a payload: UTF-8, or UTF-16 if it begins with a byte order mark, or the encoding that an XML declaration
 * names. Refuses what is not text in this encoding instead of replacing characters.
 */
export function textOfBytes(bytes: Uint8Array, format: PayloadFormat): Result<string> {
  const encoding = markedEncoding(bytes) ?? (format === 'xml' ? declaredEncoding(bytes) : null) ?? 'utf-8'
  try {
    return succeed(new TextDecoder(encoding, { fatal: true }).decode(bytes))
  } catch {
    return refuse('invalid_value', `The payload is not text in ${encoding.slice(0, 40).toUpperCase()}.`)
  }
}

function markedEncoding([first, second]: Uint8Array): string | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : null
}

/** The declaration is plain ASCII in every encoding that can be declared without a byte order mark. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const begin = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  return /^<\?xml[^>]{0,160}?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(begin)?.[1] ?? null
}
