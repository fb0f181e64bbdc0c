/** Variables in texts of a collection: `{{name}}`. */

const reference = /\{\{([^{}]{1,256})\}\}/g

export type Piece = { kind: 'text'; text: string } | { kind: 'variable'; name: string; written: string }

/** The pieces of a text, in their order. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const { 0: written, 1: name = '', index } of text.matchAll(reference)) {
    if (name.trim() === '') continue
    if (index > end) pieces.push({ kind: 'text', text: text.slice(end, index) })
    pieces.push({ kind: 'variable', name: name.trim(), written })
    end = index + written.length
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) })
  return pieces
}

export function namesIn(text: string): string[] {
  return piecesOf(text).flatMap((piece) => (piece.kind === 'variable' ? [piece.name] : []))
}

/** The name, if the text is one variable and nothing else. */
export function onlyName(text: string): string | null {
  const [first, ...others] = piecesOf(text.trim())
  return first?.kind === 'variable' && others.length === 0 ? first.name : null
}

/** Values that Postman makes for each request, and the outputs that do the same here. */
const dynamic: ReadonlyMap<string, string> = new Map([
  ['$guid', '{{ uuid }}'],
  ['$randomUUID', '{{ uuid }}'],
  ['$timestamp', '{{ now | date: "unix" }}'],
  ['$isoTimestamp', '{{ now | date: "iso" }}'],
])

export function dynamicOutput(name: string): string | null {
  return dynamic.get(name) ?? null
}

/** `{{$randomInt}}` and the like. */
export function isDynamic(name: string): boolean {
  return name.startsWith('$')
}
