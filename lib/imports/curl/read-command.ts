import { refuse, succeed, type Result } from '@/lib/domain/result'
import { findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import { curlLimits } from './limits'
import { mayBeCurl, withoutSurroundings } from './may-be-curl'
import { optionOf, shortOptionOf, type OptionRule } from './options'
import { shellWords } from './shell-words'
import { isForWindows, windowsWords } from './windows-words'

/** An option of the command. `written` is how the person wrote it, such as `-H`. */
export type GivenOption = OptionRule & { written: string; value: string }

export type CurlCommand = {
  /** Known options, in their order. */
  options: GivenOption[]
  /** Arguments that are no options. */
  addresses: string[]
  /** As they were written. */
  unknown: string[]
  /** Names of shell variables in the words. */
  variables: ReadonlySet<string>
  hasSubstitution: boolean
  /** What follows the command, such as `| jq .`. */
  rest: string
}

/** Reads a pasted command: its words, and which of them are options of curl. */
export function readCommand(source: string): Result<CurlCommand> {
  if (source.length > curlLimits.command)
    return refuse('invalid_input', 'A curl command can have at most 1,000,000 characters.', 'command')
  if (source.includes('\0'))
    return refuse('invalid_input', 'The command contains a NUL character. Copy it again as text.', 'command')
  const trimmed = source.trim()
  if (trimmed === '') return refuse('invalid_input', 'Paste a curl command.', 'command')
  if (!mayBeCurl(trimmed))
    return refuse(
      'invalid_input',
      'This is not a curl command. It must begin with curl, such as curl https://api.example.com/orders. In a browser, choose Copy as cURL (bash).',
      'command',
    )
  const text = withoutSurroundings(trimmed)
  const split = isForWindows(text) ? windowsWords(text) : shellWords(text)
  if (!split.ok) return split
  const { words, ...found } = split.value
  const command: CurlCommand = { options: [], addresses: [], unknown: [], ...found }
  const problem = readWords(words.slice(1), command)
  return problem === null ? succeed(command) : refuse('invalid_input', problem, 'command')
}

/**
 * Reads the words of the first request. What is behind `--next` belongs to another one, perhaps of another host.
 * @returns a sentence if a word is missing
 */
function readWords(words: readonly string[], command: CurlCommand): string | null {
  let onlyAddresses = false
  for (let index = 0; index < words.length && !hasEnded(command); index += 1) {
    const word = words[index]!
    if (onlyAddresses || !word.startsWith('-') || word === '-') command.addresses.push(word)
    else if (word === '--') onlyAddresses = true
    else {
      const read = word.startsWith('--') ? readLong(word, command) : readShort(word, command)
      if (read === null) continue
      // The value is the next word, whatever it looks like.
      index += 1
      const value = words[index]
      if (value === undefined) return `The option ${shown(read.written)} has no value. Copy the whole command.`
      command.options.push({ ...read, value })
    }
  }
  return null
}

function hasEnded({ options }: CurlCommand): boolean {
  return options.at(-1)?.name === 'next'
}

type Awaiting = Omit<GivenOption, 'value'>

/** `--header`, also as `--header=…`. @returns the option if its value is the next word */
function readLong(word: string, command: CurlCommand): Awaiting | null {
  const equals = word.indexOf('=')
  const written = equals < 0 ? word : word.slice(0, equals)
  const rule = optionOf(written.slice(2))
  if (!rule) {
    if (command.unknown.length < curlLimits.unknown) command.unknown.push(shown(written))
    return null
  }
  if (rule.hasValue && equals < 0) return { ...rule, written }
  command.options.push({ ...rule, written, value: equals < 0 ? '' : word.slice(equals + 1) })
  return null
}

/** `-s`, `-sSL`, `-XPOST`, `-sXPOST`. @returns the option if its value is the next word */
function readShort(word: string, command: CurlCommand): Awaiting | null {
  for (let index = 1; index < word.length && !hasEnded(command); index += 1) {
    const letter = word[index]!
    const rule = shortOptionOf(letter)
    if (!rule) {
      command.unknown.push(`-${letter}`)
      continue
    }
    const written = `-${letter}`
    if (!rule.hasValue) command.options.push({ ...rule, written, value: '' })
    else if (index + 1 === word.length) return { ...rule, written }
    else {
      command.options.push({ ...rule, written, value: word.slice(index + 1) })
      break
    }
  }
  return null
}

/** An option that nobody knows may be any text, also a secret. */
function shown(written: string): string {
  const isName = /^--?[A-Za-z0-9.#:-]{1,40}$/.test(written) && findLiteralSecret(written) === null
  return isName ? written : '(an unreadable option)'
}
