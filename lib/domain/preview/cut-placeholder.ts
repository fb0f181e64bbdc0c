import type { MethodDefinition } from '../method-options/method-definition'

/**
 * A placeholder for a value that the method splits: it has as many pieces as the method uses, and each piece is the
 * placeholder itself, so that all of them are recognised.
 */
export function cutPlaceholder(text: string, key: string, { options, phases, parameters }: MethodDefinition): string {
  const sources = JSON.stringify([options, phases, parameters]).replaceAll('\\"', '"')
  const cuts = [
    ...sources.matchAll(
      new RegExp(`\\{\\{-?\\s*${key}\\s*\\|\\s*split:\\s*(?:"([^"]+)"|'([^']+)'),\\s*(-?\\d{1,2})`, 'g'),
    ),
  ]
  const [first] = cuts
  if (!first) return text
  const pieces = Math.max(...cuts.map((cut) => pieceCount(Number(cut[3]))))
  return Array.from({ length: pieces }, () => text).join(first[1] ?? first[2])
}

/** Indexes count from 0 at the start, or from -1 at the end. */
function pieceCount(index: number): number {
  return index < 0 ? -index : index + 1
}
