/** What the log says instead of a body that it does not store: one line in brackets. */

export function binaryNote(type: string, bytes: number): string {
  return `(binary content${type === '' ? '' : `, ${type}`}, ${bytes.toLocaleString('en-GB')} bytes)`
}

export function notStoredNote(why: string): string {
  return `(not stored: ${why})`
}

/** Whether a logged body is such a remark. */
export function isBodyNote(body: string): boolean {
  return /^\((?:binary content|not stored:|not kept:)[^\n]*\)$/.test(body)
}
