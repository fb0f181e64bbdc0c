import type { CurlNotes } from './notes'
import type { FormField } from './read-data'

/** Reads the fields of a multipart body (RFC 7578), as browsers copy it: with the boundary of its content type. */
export function readMultipart(text: string, contentType: string, notes: CurlNotes): FormField[] {
  const boundary = /boundary="?([^";]{1,70})/i.exec(contentType)?.[1]
  if (boundary === undefined) {
    notes.add('invalid', 'Body', 'The content type has no boundary, so the body could not be read.')
    return []
  }
  const parts = text.replaceAll('\r\n', '\n').split(`--${boundary}`).slice(1, -1)
  return parts.flatMap((part): FormField[] => {
    const [head = '', ...content] = part.replace(/^\n/, '').split('\n\n')
    const name = /;\s*name="([^"]*)"/i.exec(head)?.[1]
    if (name === undefined) return []
    if (!/;\s*filename="/i.test(head)) return [{ name, value: content.join('\n\n').replace(/\n$/, '') }]
    notes.add('not_imported', 'Body', 'Files in a multipart form are not possible yet, so the field was left out.')
    return []
  })
}
