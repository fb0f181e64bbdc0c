import { secretMask } from '../redaction'

/**
 * A logged request as a command for a shell. Its secrets were removed before it was logged: where one stood, the command
 * reads a variable that the person sets, named after the field.
 */

export type LoggedRequest = {
  method: string
  url: string
  headers: readonly (readonly [name: string, value: string])[]
  /** Null where there was none, or it cannot be shown whole. */
  body: string | null
}

export type CurlCommand = {
  command: string
  /** The variables to set, each once. */
  variables: string[]
}

/** What curl sets by itself, from the URL, the body and its own options. */
const ownHeaders = ['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding', 'expect']

/** Shells have these: a placeholder of that name would send what is in them. */
const shellVariables = [
  ...['PATH', 'HOME', 'USER', 'PWD', 'SHELL', 'LANG', 'TERM', 'MAIL', 'HOST', 'HOSTNAME', 'LOGNAME', 'UID', 'EUID'],
  ...['OLDPWD', 'EDITOR', 'PAGER', 'TMPDIR', 'USERNAME', 'DISPLAY', 'RANDOM', 'SECONDS', 'STATUS', 'IFS', 'PPID'],
]

export function curlCommand({ method, url, headers, body }: LoggedRequest): CurlCommand {
  const words = new ShellWords()
  const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted)
  const options = [
    `curl ${[...methodFlags(method, body !== null), ...addressFlags(url), words.of(url, 'SECRET')].join(' ')}`,
    ...headers
      .filter(([name]) => !ownHeaders.includes(name.toLowerCase()))
      .map((header) => headerOption(header, words)),
    ...(has('accept-encoding') ? ['--compressed'] : []),
    // Curl would add one.
    ...(body !== null && !has('content-type') ? [`--header 'Content-Type:'`] : []),
    ...(body === null ? [] : [`--data-raw ${words.of(body, 'BODY')}`]),
  ]
  return { command: options.join(' \\\n  '), variables: [...words.variables] }
}

/** With a body, curl would make a POST of a GET, and refuse `--head`. */
function methodFlags(method: string, hasBody: boolean): string[] {
  if (hasBody || !['GET', 'HEAD'].includes(method)) return [`--request ${method}`]
  return method === 'HEAD' ? ['--head'] : []
}

function addressFlags(url: string): string[] {
  return [
    // Brackets and braces would be a pattern of many addresses.
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...(/\/\.{1,2}(?:[/?#]|$)/.test(url) ? ['--path-as-is'] : []),
  ]
}

/** A header without a value is written with a semicolon; with a colon, curl would leave it out. */
function headerOption([name, value]: readonly [string, string], words: ShellWords): string {
  return `--header ${words.of(value.trim() === '' ? `${name};` : `${name}: ${value}`, 'SECRET')}`
}

class ShellWords {
  readonly variables = new Set<string>()

  /** One word of a command line, whatever is in the text. @param fallback where no field names the secret */
  of(text: string, fallback: string): string {
    const pieces = text.split(secretMask)
    return pieces
      .map((piece, index) => {
        const quoted = piece === '' ? '' : `'${piece.replaceAll("'", `'\\''`)}'`
        return index === pieces.length - 1 ? quoted : `${quoted}"$${this.variableAfter(piece, fallback)}"`
      })
      .join('')
      .replace(/^$/, `''`)
  }

  private variableAfter(text: string, fallback: string): string {
    const name = variableName(fieldBefore(text) ?? fallback)
    this.variables.add(name)
    return name
  }
}

/** `?api_key=`, `"password": "`, `X-Api-Key: `, `<token>`; a scheme of a header tells what follows it. */
function fieldBefore(text: string): string | null {
  const [, scheme] = /(?:^|\s)(bearer|basic)\s$/i.exec(text) ?? []
  if (scheme) return scheme.toLowerCase() === 'bearer' ? 'token' : 'credentials'
  if (/^[a-z][a-z0-9+.-]*:\/\/$/i.test(text)) return 'credentials'
  return /([A-Za-z_][\w.-]*)["']?\s*[=:>]\s*["']?$/.exec(text.slice(-200))?.[1] ?? null
}

function variableName(field: string): string {
  const name = field
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return name === '' || shellVariables.includes(name) ? `${name}_VALUE`.replace(/^_/, '') : name
}
