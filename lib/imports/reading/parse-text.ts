import { CORE_SCHEMA, load, YAMLException } from 'js-yaml'
import { mostYamlValues } from './source-limits'
import { Unreadable } from './unreadable'

/**
 * Parses JSON or YAML of any size. js-yaml builds no syntax tree: it needs a twelfth of the time and a third of the
 * memory of the parser that reads short documents, whose messages are better (`parse-document.ts`).
 * @throws Unreadable
 */
export function parseText(text: string, what: string): unknown {
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.parse(text)
    } catch {
      // YAML may begin like this too.
    }
  }
  const parsed = parseYaml(text, what)
  if (/(?:^|[\s[{,:-])\*[^\s,\]}]/m.test(text)) checkAliases(parsed, what)
  return parsed
}

function parseYaml(text: string, what: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA })
  } catch (error) {
    if (error instanceof RangeError) throw new Unreadable(`${what} is nested too deeply.`)
    if (!(error instanceof YAMLException)) throw error
    const { line, column } = error.mark ?? {}
    const at = line === undefined ? what : `Line ${line + 1}, column ${(column ?? 0) + 1} of ${lowerFirst(what)}`
    throw new Unreadable(`${at}: not valid JSON or YAML. ${sentence(error.reason)}`)
  }
}

const lowerFirst = (text: string) => (text.startsWith('The ') ? `the ${text.slice(4)}` : text)
const sentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1, 200)}.`

/** Aliases share their part in memory, but everything that reads the document reads it each time. */
function checkAliases(root: unknown, what: string): void {
  const open: unknown[] = [root]
  for (let count = 0; open.length > 0; count += 1) {
    if (count > mostYamlValues)
      throw new Unreadable(`${what} uses too many YAML aliases. Write the repeated parts out.`)
    const value = open.pop()
    if (typeof value !== 'object' || value === null) continue
    for (const child of Object.values(value)) open.push(child)
    if (open.length > mostYamlValues)
      throw new Unreadable(`${what} uses too many YAML aliases. Write the repeated parts out.`)
  }
}
