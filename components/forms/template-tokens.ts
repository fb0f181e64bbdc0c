export type TemplateToken = {
  text: string
  kind: 'text' | 'mark' | 'known' | 'unknown' | 'filter' | 'unknown-filter' | 'literal' | 'flow'
}

/** The names that a template may use, as far as the editor knows. */
export type TemplateWords = { isVariable: (key: string) => boolean; isFilter: (name: string) => boolean }

const output = /\{\{([\s\S]*?)\}\}|\[\[((?:[^[\]]|\[[^[\]]{0,256}\]){0,256})\]\]/g
/** The words of an output: blanks, quoted texts, names (also `step1.url`), numbers, and single signs. */
const word = /\s+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_][\w.]*|-?\d[\w.]*|[\s\S]/g

/** What is expected at a position of an output: its variable, a filter, or an argument of a filter. */
type Expected = 'variable' | 'filter' | 'argument' | 'nothing'

type Word = { text: string; expected: Expected; filter: string; index: number }

function isName(text: string): boolean {
  return /^[A-Za-z_]/.test(text)
}

/** The words of an output from left to right, each with what was expected there, and an empty word for the end. */
function readWords(inside: string): Word[] {
  const words: Word[] = []
  let place: Omit<Word, 'text'> = { expected: 'variable', filter: '', index: 0 }
  for (const [text] of inside.matchAll(word)) {
    words.push({ text, ...place })
    if (text === '|') place = { expected: 'filter', filter: '', index: 0 }
    else if (text === ':' && place.filter !== '' && place.index === 0) place = { ...place, expected: 'argument' }
    else if (text === ',' && place.filter !== '') place = { ...place, expected: 'argument', index: place.index + 1 }
    else if (text.trim() !== '')
      place = { ...place, filter: place.expected === 'filter' ? text : place.filter, expected: 'nothing' }
  }
  return [...words, { text: '', ...place }]
}

function kindOf({ text, expected }: Word, { isVariable, isFilter }: TemplateWords): TemplateToken['kind'] {
  if (text.trim() === '' || /^[|:,]$/.test(text)) return 'mark'
  if (expected === 'filter') return isFilter(text) ? 'filter' : 'unknown-filter'
  if (expected === 'argument' && !isName(text)) return 'literal'
  if (expected === 'variable' || expected === 'argument') return isVariable(text) ? 'known' : 'unknown'
  return 'mark'
}

/** Splits a template into parts with different colours. The joined texts are the template again. */
export function templateTokens(template: string, words: TemplateWords): TemplateToken[] {
  const tokens: TemplateToken[] = []
  let end = 0
  for (const match of template.matchAll(output)) {
    if (match.index > end) tokens.push({ text: template.slice(end, match.index), kind: 'text' })
    if (match[1] === undefined) tokens.push({ text: match[0], kind: 'flow' })
    else tokens.push({ text: '{{', kind: 'mark' }, ...outputTokens(match[1], words), { text: '}}', kind: 'mark' })
    end = match.index + match[0].length
  }
  if (end < template.length) tokens.push({ text: template.slice(end), kind: 'text' })
  return tokens
}

function outputTokens(inside: string, words: TemplateWords): TemplateToken[] {
  return readWords(inside)
    .filter(({ text }) => text !== '')
    .map((found) => ({ text: found.text, kind: kindOf(found, words) }))
}

export type UnknownWords = { variables: string[]; filters: string[] }

/** The undefined names that a template uses, each once. */
export function unknownWords(template: string, words: TemplateWords): UnknownWords {
  const tokens = templateTokens(template, words)
  const named = (kind: TemplateToken['kind']) => [
    ...new Set(tokens.filter((token) => token.kind === kind && isName(token.text)).map(({ text }) => text)),
  ]
  return { variables: named('unknown'), filters: named('unknown-filter') }
}

/** `filter` and `index`: which argument of which filter it is, counted from 0. */
export type Completion = {
  from: number
  prefix: string
  kind: 'variable' | 'filter' | 'argument'
  filter: string
  index: number
}

/**
 * What could be completed at the caret: a variable after `{{`, a filter after `|`, an argument of a filter after `:`.
 */
export function completionAt(template: string, caret: number): Completion | null {
  const opened = template.lastIndexOf('{{', caret - 2)
  const inside = opened === -1 || opened + 2 > caret ? null : template.slice(opened + 2, caret)
  if (inside === null || inside.includes('}}')) return null
  const words = readWords(inside)
  const last = words.at(-2)
  const found = last && isName(last.text) ? last : words.at(-1)
  if (!found || found.expected === 'nothing') return null
  return {
    from: caret - found.text.length,
    prefix: found.text,
    kind: found.expected,
    filter: found.filter,
    index: found.index,
  }
}

/** The template with the choice inserted, and the new position of the caret. */
export function complete(
  template: string,
  caret: number,
  completion: Completion,
  choice: string,
): { template: string; caret: number } {
  const rest = template.slice(caret).replace(/^[\w.]*/, '')
  const closing = completion.kind === 'variable' && !/^\s*(\}\}|\|)/.test(rest) ? ' }}' : ''
  const space = completion.kind === 'variable' && template[completion.from - 1] === '{' ? ' ' : ''
  const head = template.slice(0, completion.from) + space + choice + closing
  const tail = space !== '' && closing === '' && rest.startsWith('}}') ? ` ${rest}` : rest
  return { template: head + tail, caret: head.length }
}
