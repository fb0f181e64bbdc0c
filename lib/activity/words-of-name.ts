/** `timeoutSeconds` → “Timeout seconds”. */
export function wordsOfName(name: string): string {
  const words = partWords(name)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The same in the middle of a sentence: “timeout seconds”. */
export function partWords(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ')
  return words.toLowerCase().replace(/\b(url|id|http|json|xml|jwt)\b/g, (word) => word.toUpperCase())
}
