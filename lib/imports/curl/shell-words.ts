import { refuse, succeed, type Result } from '@/lib/domain/result'
import { readAnsiQuoted } from './ansi-quoted'
import { curlLimits } from './limits'

/** The words of a command, and what of the shell is in them. */
export type ShellWords = {
  words: string[]
  /** Names of shell variables (`$TOKEN`, `${TOKEN}`), which stay in the words as they are written. */
  variables: Set<string>
  /** The command has a `$(…)` or backticks: its output is not known. */
  hasSubstitution: boolean
  /** What follows the command: a pipe, a redirection, another command. Empty if nothing does. */
  rest: string
}

const variable = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/y
/** Text without a meaning of its own, outside quotes. */
const plain = /[^\s'"\\$`|&;<>()#]+/y
/** `<token>` in documentation, which bash would take for a file. */
const placeholder = /<[A-Za-z][\w-]{0,60}>/y
const plainInQuotes = /[^"\\$`]+/y

/**
 * Splits a command as bash does (Bash Reference Manual §3.1.2: quoting). Variables are not replaced, since their values
 * are not known.
 */
export function shellWords(source: string): Result<ShellWords> {
  return new BashReader(source.replaceAll('\r\n', '\n')).read()
}

class BashReader {
  readonly #source: string
  readonly #found: ShellWords = { words: [], variables: new Set(), hasSubstitution: false, rest: '' }
  #at = 0
  /** Null between words. Pieces, because adding to a text of 1 MB would copy it. */
  #word: string[] | null = null

  constructor(source: string) {
    this.#source = source
  }

  read(): Result<ShellWords> {
    while (this.#at < this.#source.length) {
      if (this.#found.words.length > curlLimits.words) return tooManyWords()
      const character = this.#source[this.#at]!
      const problem = this.#step(character)
      if (problem === 'end') break
      if (problem !== null) return refuse('invalid_input', problem, 'command')
    }
    this.#endWord()
    return succeed(this.#found)
  }

  /** @returns a sentence if the command cannot be read, `end` where the command ends */
  #step(character: string): string | null {
    switch (character) {
      case '\\':
        return this.#escape()
      case "'":
        return this.#singleQuoted()
      case '"':
        return this.#doubleQuoted()
      case '$':
      case '`':
        return this.#dollar()
      case '\n':
        return this.#newLine()
      case ' ':
      case '\t':
        this.#endWord()
        this.#at += 1
        return null
      case '#':
        return this.#comment()
      default:
        return this.#other()
    }
  }

  #other(): string | null {
    const text = this.#match(plain) ?? this.#match(placeholder)
    if (text !== null) {
      this.#add(text)
      return null
    }
    // An & without a space before it belongs to a URL that somebody forgot to quote: curl.exe and documents have it so.
    if (this.#source[this.#at] === '&' && this.#word !== null && /[\w%]/.test(this.#source[this.#at + 1] ?? '')) {
      this.#add('&')
      this.#at += 1
      return null
    }
    // A redirection may begin with its number: 2>/dev/null
    if (this.#word?.length === 1 && /^\d$/.test(this.#word[0]!) && /[<>]/.test(this.#source[this.#at]!))
      this.#word = null
    return this.#end()
  }

  #end(): 'end' {
    this.#endWord()
    this.#found.rest = this.#source.slice(this.#at).trim()
    return 'end'
  }

  /** A new line ends the command, unless there is none yet. */
  #newLine(): string | null {
    this.#endWord()
    if (this.#found.words.length > 0) return this.#end()
    this.#at += 1
    return null
  }

  #comment(): string | null {
    if (this.#word !== null) {
      this.#add('#')
      this.#at += 1
      return null
    }
    const lineEnd = this.#source.indexOf('\n', this.#at)
    this.#at = lineEnd < 0 ? this.#source.length : lineEnd
    return null
  }

  #escape(): string | null {
    // Spaces after the backslash are a slip that bash would not forgive, but everybody means the next line.
    const continued = /\\[ \t]*\n/y
    const line = this.#match(continued)
    if (line !== null) return null
    if (this.#at + 1 >= this.#source.length) {
      this.#at += 1
      return null
    }
    this.#add(this.#source[this.#at + 1]!)
    this.#at += 2
    return null
  }

  #singleQuoted(): string | null {
    const end = this.#source.indexOf("'", this.#at + 1)
    if (end < 0) return this.#unbalanced("'")
    this.#add(this.#source.slice(this.#at + 1, end))
    this.#at = end + 1
    return null
  }

  #doubleQuoted(): string | null {
    const begin = this.#at
    this.#at += 1
    this.#add('')
    while (this.#at < this.#source.length) {
      const text = this.#match(plainInQuotes)
      if (text !== null) this.#add(text)
      const character = this.#source[this.#at]
      if (character === '"') {
        this.#at += 1
        return null
      }
      if (character === '\\') this.#escapeInQuotes()
      else if (character !== undefined) this.#dollarInQuotes()
    }
    return this.#unbalanced('"', begin)
  }

  /** In double quotes a backslash only escapes these; before others it is text. */
  #escapeInQuotes(): void {
    const next = this.#source[this.#at + 1] ?? ''
    if (next !== '\n') this.#add(/[$`"\\]/.test(next) ? next : `\\${next}`)
    this.#at += 2
  }

  #dollar(): string | null {
    if (this.#source.startsWith(`$'`, this.#at)) {
      const quoted = readAnsiQuoted(this.#source, this.#at + 2)
      if (quoted === null) return this.#unbalanced(`$'`)
      this.#add(quoted.text)
      this.#at = quoted.end
      return null
    }
    // $"…" is translated text, in the C locale the text itself.
    if (this.#source.startsWith('$"', this.#at)) this.#at += 1
    else this.#dollarInQuotes()
    return null
  }

  #dollarInQuotes(): void {
    variable.lastIndex = this.#at
    const found = variable.exec(this.#source)
    if (found) {
      this.#found.variables.add((found[1] ?? found[2])!)
      this.#add(found[0])
      this.#at += found[0].length
      return
    }
    const end = this.#substitutionEnd()
    if (end !== null) this.#found.hasSubstitution = true
    const stop = end ?? this.#at + 1
    this.#add(this.#source.slice(this.#at, stop))
    this.#at = stop
  }

  /** Behind a `$(…)` or backticks, which belong to the word with their spaces; null if there is none. */
  #substitutionEnd(): number | null {
    if (this.#source[this.#at] === '`') {
      const end = this.#source.indexOf('`', this.#at + 1)
      return end < 0 ? this.#source.length : end + 1
    }
    if (this.#source[this.#at + 1] !== '(') return null
    const brackets = /[()]/g
    brackets.lastIndex = this.#at + 1
    let depth = 0
    for (let found = brackets.exec(this.#source); found !== null; found = brackets.exec(this.#source)) {
      depth += found[0] === '(' ? 1 : -1
      if (depth === 0) return brackets.lastIndex
    }
    return this.#source.length
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const text = pattern.exec(this.#source)?.[0] ?? null
    if (text !== null) this.#at += text.length
    return text
  }

  #add(text: string): void {
    if (this.#word === null) this.#word = [text]
    else this.#word.push(text)
  }

  #endWord(): void {
    if (this.#word === null) return
    this.#found.words.push(this.#word.join(''))
    this.#word = null
  }

  #unbalanced(quote: string, begin = this.#at): string {
    const line = this.#source.slice(0, begin).split('\n').length
    return `The quote ${quote} in line ${line} is never closed. Copy the whole command.`
  }
}

export function tooManyWords() {
  return refuse(
    'invalid_input',
    `A command can have at most ${curlLimits.words.toLocaleString('en')} words. Remove the options that the request does not need.`,
    'command',
  )
}
