/** The note that the log stores instead of a body: one line in brackets. */

export function binaryNote(type: string, bytes: number): string {
  return `(binary content${type === '' ? '' : `, ${type}`}, ${bytes.toLocaleString('en-GB')} bytes)`
}

export function notStoredNote(why: string): string {
  return `(not stored: ${why})`
}

/** Whether a logged body is such a note. */
export function isBodyNote(body: string): boolean {
  return /^\((?:binary content|not stored:|not kept:)[^\n]*\)$/.test(body)
}
