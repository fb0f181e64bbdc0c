import { Unreadable } from './unreadable'

/** @see RFC 9110 §8.8.4 and the registrations of the file formats */
const kinds: readonly { starts: string; is: string }[] = [
  { starts: '%PDF-', is: 'a PDF' },
  { starts: '\u0089PNG', is: 'an image' },
  { starts: '\u00ff\u00d8\u00ff', is: 'an image' },
  { starts: 'GIF8', is: 'an image' },
  { starts: '\u001f\u008b', is: 'a gzip file' },
  { starts: 'Rar!', is: 'a RAR file' },
  { starts: '7z\u00bc\u00af', is: 'a 7z file' },
  { starts: '\u00d0\u00cf\u0011\u00e0', is: 'an Office document' },
]

const wanted =
  'Choose an OpenAPI document, a Postman collection or a connection document, as JSON or YAML, or a zip file with its files.'

/** Local file header, or the end record of an empty zip file (APPNOTE.TXT §4.3). */
export const isZip = (start: Buffer) => /^PK(?:\u0003\u0004|\u0005\u0006)/.test(start.toString('latin1', 0, 4))

/** Refuses what is no text, by its first bytes. @throws Unreadable */
export function checkIsText(start: Buffer): void {
  const head = start.toString('latin1', 0, 512)
  const kind = kinds.find(({ starts }) => head.startsWith(starts))
  if (kind) throw new Unreadable(`This is ${kind.is}. ${wanted}`)
  if (/^\s*<(?:!doctype html|html)/i.test(head))
    throw new Unreadable(`This is an HTML page. ${wanted} The address of a page is not the address of its document.`)
  if (/^\s*<\?xml/i.test(head)) throw new Unreadable(`This is XML. ${wanted}`)
  if (!isUtf16(start) && head.includes('\0')) throw new Unreadable(`This is no text. ${wanted}`)
}

const isUtf16 = (start: Buffer) => /^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(start.toString('latin1', 0, 2))

/**
 * Decodes pieces of text, each of which can be forgotten at once. Without a byte order mark it is UTF-8; the mark itself
 * is no part of the text.
 */
export function decodeText(pieces: Iterable<Buffer>): string {
  let decoder: TextDecoder | null = null
  const texts: string[] = []
  for (const piece of pieces) {
    decoder ??= new TextDecoder(encodingOf(piece))
    texts.push(decoder.decode(piece, { stream: true }))
  }
  texts.push(decoder?.decode() ?? '')
  return texts.join('')
}

function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8'
}
