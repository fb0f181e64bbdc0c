import { refuse, succeed, type Result } from '@/lib/domain/result'
import { curlLimits } from './limits'
import { tooManyWords, type ShellWords } from './shell-words'

/** Whether a command is written for the command prompt of Windows, as browsers copy it: `^"` and `^` at line ends. */
export function isForWindows(source: string): boolean {
  const start = source.slice(0, 10_000)
  return (
    /^\S*curl(?:\.exe)?"?\s+(?:-\S+\s+)*\^["\r\n]/i.test(start) || (/ \^\r?\n/.test(start) && !/\\\r?\n/.test(start))
  )
}

/**
 * Splits a command as Windows does, in two steps: the command prompt removes its escape character `^`, then the program
 * splits what it gets into arguments (Microsoft C: parsing command-line arguments).
 */
export function windowsWords(source: string): Result<ShellWords> {
  const { line, rest } = withoutCarets(source.replaceAll('\r\n', '\n'))
  const words = argumentsOf(line)
  if (words === null)
    return refuse('invalid_input', 'A quote " of this command is never closed. Copy the whole command.', 'command')
  if (words.length > curlLimits.words) return tooManyWords()
  return succeed({ words, variables: new Set(), hasSubstitution: false, rest })
}

const plain = /[^\^"\n&|<>]+/y

/** Outside quotes a caret makes the next character text; at the end of a line it continues the command. */
function withoutCarets(source: string): { line: string; rest: string } {
  const pieces: string[] = []
  let isQuoted = false
  let at = 0
  while (at < source.length) {
    plain.lastIndex = at
    const text = plain.exec(source)?.[0]
    if (text !== undefined) {
      pieces.push(text)
      at += text.length
      continue
    }
    const character = source[at]!
    if (character === '^' && !isQuoted) {
      const isLineEnd = source[at + 1] === '\n'
      pieces.push(isLineEnd ? (source[at + 2] === '\n' ? '\n' : ' ') : (source[at + 1] ?? ''))
      at += isLineEnd && source[at + 2] === '\n' ? 3 : 2
      continue
    }
    if (character === '"') isQuoted = !isQuoted
    else if (!isQuoted && character !== '^') return { line: pieces.join(''), rest: source.slice(at).trim() }
    pieces.push(character)
    at += 1
  }
  return { line: pieces.join(''), rest: '' }
}

/** @returns null if a quote is not closed */
function argumentsOf(line: string): string[] | null {
  const words: string[] = []
  let word: string[] | null = null
  let isQuoted = false
  for (const [token, backslashes = '', quotes = ''] of line.matchAll(/(\\*)("+)|\\+|[ \t]+|[^\\" \t]+/g)) {
    if (quotes !== '') {
      word ??= []
      word.push('\\'.repeat(backslashes.length / 2))
      let count = quotes.length
      if (backslashes.length % 2 === 1) {
        word.push('"')
        count -= 1
      }
      // Two quotes in a quoted part are one quote of its text.
      while (count > 0) {
        if (isQuoted && count >= 2) {
          word.push('"')
          count -= 2
        } else {
          isQuoted = !isQuoted
          count -= 1
        }
      }
    } else if (/^[ \t]/.test(token) && !isQuoted) {
      if (word !== null) words.push(word.join(''))
      word = null
    } else {
      word ??= []
      word.push(token)
    }
  }
  if (word !== null) words.push(word.join(''))
  return isQuoted ? null : words
}
