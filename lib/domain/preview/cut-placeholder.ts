import type { MethodDefinition } from '../method-options/method-definition'

/**
 * A stand-in for a value that the method cuts into pieces: it has as many as the method takes of it, each of them the
 * stand-in itself, so that all are known for what they are.
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

/** From the start counted from 0, from the end from -1. */
function pieceCount(index: number): number {
  return index < 0 ? -index : index + 1
}
