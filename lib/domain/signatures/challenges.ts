/** The challenges of a server in WWW-Authenticate. */

export type Challenge = {
  /** In lower case. */
  scheme: string
  /** By lower-case names; without quotes and escapes. */
  parameters: ReadonlyMap<string, string>
}

const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"
const piece = new RegExp(
  `^[\\s,]*(${token})(?:\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))(?=[\\s,]|$)|(?:\\s+|$|(?=,)))`,
  's',
)
const token68 = /^\s*([A-Za-z0-9\-._~+/]+=*)(?=\s*(?:,|$))/

/**
 * All challenges of all header lines. A line can contain several, separated by commas like their parameters. Unreadable
 * text ends the line, and an incomplete challenge is left out. Of a duplicate parameter, which is ambiguous, the first
 * one counts.
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

/** A scheme such as Negotiate may be followed by a token instead of parameters. */
function withoutToken68(rest: string): string {
  const match = token68.exec(rest)
  return match ? rest.slice(match[0].length) : rest
}
