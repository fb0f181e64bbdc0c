const letters: Record<string, string> = {
  ...{ a: '\u0007', b: '\b', e: '\u001b', E: '\u001b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
  ...{ '\\': '\\', "'": "'", '"': '"', '?': '?' },
}

const escapes =
  /\\(?:(?<letter>[abeEfnrtv\\'"?])|(?<octal>[0-7]{1,3})|x(?<hex>[0-9a-fA-F]{1,2})|u(?<short>[0-9a-fA-F]{1,4})|U(?<long>[0-9a-fA-F]{1,8})|c(?<control>[\s\S]))/y
const plain = /[^\\']+/y

/**
 * Reads `$'…'` from behind its opening quote (Bash Reference Manual §3.1.2.4), as browsers copy what is not ASCII.
 * @returns the text and the position behind the closing quote; null without one
 */
export function readAnsiQuoted(source: string, begin: number): { text: string; end: number } | null {
  const pieces: string[] = []
  /** Octal and hexadecimal escapes are bytes of UTF-8; several make a character. */
  let bytes: number[] = []
  let at = begin
  const flush = () => {
    if (bytes.length > 0) pieces.push(new TextDecoder().decode(new Uint8Array(bytes)))
    bytes = []
  }
  while (at < source.length) {
    plain.lastIndex = at
    const text = plain.exec(source)?.[0]
    if (text !== undefined) {
      flush()
      pieces.push(text)
      at += text.length
      continue
    }
    if (source[at] === "'") {
      flush()
      return { text: pieces.join(''), end: at + 1 }
    }
    escapes.lastIndex = at
    const found = escapes.exec(source)
    const { octal, hex } = found?.groups ?? {}
    if (octal !== undefined || hex !== undefined) {
      bytes.push(octal === undefined ? Number.parseInt(hex!, 16) : Number.parseInt(octal, 8) & 255)
    } else {
      flush()
      pieces.push(found ? characterOf(found.groups!) : source.slice(at, at + 2))
    }
    at += found ? found[0].length : 2
  }
  return null
}

function characterOf({ letter, short, long, control }: Record<string, string | undefined>): string {
  if (letter !== undefined) return letters[letter]!
  if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) & 31)
  const code = Number.parseInt((short ?? long)!, 16)
  // Two \u escapes may be a surrogate pair, which joins when the pieces do.
  return code > 0x10ffff ? '\ufffd' : short === undefined ? String.fromCodePoint(code) : String.fromCharCode(code)
}
