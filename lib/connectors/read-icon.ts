import { refuse, succeed, type Result } from '@/lib/domain/result'

/** An uploaded icon that may be stored. Its type is recognised from its content, never from its name. */
export type Icon = { bytes: Uint8Array; type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/svg+xml' }

const mostBytes = 1_048_576

const signatures: [type: Icon['type'], begins: number[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
]

export function readIcon(bytes: Uint8Array): Result<Icon> {
  if (bytes.byteLength === 0) return refuse('invalid_input', 'This file is empty.', 'icon')
  if (bytes.byteLength > mostBytes)
    return refuse('invalid_input', 'This image is larger than 1 MB. Choose a smaller one.', 'icon')
  const known = signatures.find(([, begins]) => begins.every((byte, index) => bytes[index] === byte))
  if (known) return succeed({ bytes, type: known[0] })
  return readSvg(bytes)
}

/** A comment ends at the first `-->`. If it could match more, twenty comments could be matched in a million ways. */
const beginsAsSvg = /^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<svg[\s>]/i

/** Elements that can run code, embed pages, or animate an address into a harmful one. */
const activeElement =
  /<\s*(?:[\w-]+:)?(script|foreignObject|iframe|object|embed|audio|video|handler|listener|set|animate\w*|style|link|meta|base)\b/i
const eventHandler = /[\s"'/]on[\w-]+\s*=/i
/** References may only point into the image itself. */
const reference = /(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi
const styleReference = /url\(\s*(?!["']?#)/i

/**
 * An SVG is a document that can contain active content. It is served with a policy that allows no scripts and only as
 * an image; active content is refused in addition.
 */
function readSvg(bytes: Uint8Array): Result<Icon> {
  const text = decode(bytes)
  if (text === null || !beginsAsSvg.test(text)) {
    return refuse(
      'invalid_input',
      'This is not an image that can be used. Choose a PNG, JPEG, GIF or SVG file.',
      'icon',
    )
  }
  const found = activeContent(text)
  if (found)
    return refuse(
      'invalid_input',
      `This SVG has ${found} in it, which an icon must not. Export it as a plain SVG, or choose a PNG.`,
      'icon',
    )
  return succeed({ bytes, type: 'image/svg+xml' })
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function activeContent(text: string): string | null {
  // Entities and declarations can hide any text. Without them, the checks below see the same text as a browser.
  if (/<!(?:DOCTYPE|ENTITY)|<\?(?!xml\s)|<!\[CDATA\[/i.test(text)) return 'a declaration'
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(text)) return 'a character written as an entity'
  const element = activeElement.exec(text)?.[1]
  if (element) return `a <${element}> element`
  if (eventHandler.test(text)) return 'an event handler'
  const outside = [...text.matchAll(reference)].some(
    (match) => !(match[1] ?? match[2] ?? match[3] ?? '').trim().startsWith('#'),
  )
  if (outside || styleReference.test(text) || /@import|javascript:/i.test(text))
    return 'a reference to something outside it'
  return null
}
