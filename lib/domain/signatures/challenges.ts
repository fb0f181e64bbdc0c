/** What a server asks for in WWW-Authenticate. */

export type Challenge = {
  /** In small letters. */
  scheme: string
  /** By names in small letters; quotes and escapes removed. */
  parameters: ReadonlyMap<string, string>
}

const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"
const piece = new RegExp(
  `^[\\s,]*(${token})(?:\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))(?=[\\s,]|$)|(?:\\s+|$|(?=,)))`,
  's',
)
const token68 = /^\s*([A-Za-z0-9\-._~+/]+=*)(?=\s*(?:,|$))/

/**
 * Every challenge of every header line: one line can hold several, separated by the comma that separates parameters as
 * well. What cannot be read ends the line; a challenge that is cut off there is left out. A parameter that comes twice
 * is one that two readers would understand in two ways, so the first stays.
 * @see RFC 9110 §11.6.1
 */
export function parseChallenges(lines: readonly string[]): Challenge[] {
  return lines.flatMap(parseLine)
}

function parseLine(line: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = []
  let rest = line
  while (/[^\s,]/.test(rest)) {
    const match = piece.exec(rest)
    if (!match) return challenges.slice(0, -1)
    const [whole, name = '', quoted, plain] = match
    rest = rest.slice(whole.length)
    if (quoted === undefined && plain === undefined) {
      challenges.push({ scheme: name.toLowerCase(), parameters: new Map() })
      rest = withoutToken68(rest)
      continue
    }
    const parameters = challenges.at(-1)?.parameters
    const key = name.toLowerCase()
    if (parameters && !parameters.has(key)) parameters.set(key, plain ?? quoted?.replace(/\\(.)/gs, '$1') ?? '')
  }
  return challenges
}

/** A scheme such as Negotiate may be followed by one token in place of parameters. */
function withoutToken68(rest: string): string {
  const match = token68.exec(rest)
  return match ? rest.slice(match[0].length) : rest
}
