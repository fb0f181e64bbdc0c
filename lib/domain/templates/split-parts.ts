import type { TemplatePart } from './template'

/** Splits parsed text at a delimiter in the text of the definition; outputs are never split. */

export function splitParts(parts: readonly TemplatePart[], delimiter: string): TemplatePart[][] {
  const pieces: TemplatePart[][] = [[]]
  for (const part of parts) {
    if (part.kind !== 'text') {
      pieces.at(-1)?.push(part)
      continue
    }
    part.text.split(delimiter).forEach((text, index) => {
      if (index > 0) pieces.push([])
      if (text !== '') pieces.at(-1)?.push({ kind: 'text', text })
    })
  }
  return pieces
}

/** The parts before the first delimiter and those after it; null if there is no delimiter. */
export function splitAtFirst(
  parts: readonly TemplatePart[],
  delimiter: string,
): [before: TemplatePart[], after: TemplatePart[] | null] {
  const index = parts.findIndex((part) => part.kind === 'text' && part.text.includes(delimiter))
  const part = parts[index]
  if (part?.kind !== 'text') return [[...parts], null]
  const at = part.text.indexOf(delimiter)
  return [
    [...parts.slice(0, index), ...textPart(part.text.slice(0, at))],
    [...textPart(part.text.slice(at + delimiter.length)), ...parts.slice(index + 1)],
  ]
}

export function beginsWith(parts: readonly TemplatePart[], text: string): boolean {
  const [first] = parts
  return first?.kind === 'text' && first.text.startsWith(text)
}

function textPart(text: string): TemplatePart[] {
  return text === '' ? [] : [{ kind: 'text', text }]
}
