import { secretMask } from '../redaction'

/**
 * A logged request as a command for a shell. Its secrets were removed before it was logged. In place of each, the
 * command reads a shell variable, named after the field, which the person sets.
 */

export type LoggedRequest = {
  method: string
  url: string
  headers: readonly (readonly [name: string, value: string])[]
  /** Null if the request had no body, or if the body cannot be shown completely. */
  body: string | null
}

export type CurlCommand = {
  command: string
  /** The variables to set, each once. */
  variables: string[]
}

/** Headers that curl sets by itself, from the URL, the body and its own options. */
const ownHeaders = ['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding', 'expect']

/** Variables that shells set themselves: under one of these names, the command would send its current content. */
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
    // Without this, curl would add a content type of its own.
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
    // Otherwise curl would read brackets and braces as a pattern for several addresses.
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

  /**
   * Quotes any text as one word of a command line. @param fallback the name of the variable if no field names the
   * secret
   */
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

/**
 * `?api_key=`, `"password": "`, `X-Api-Key: `, `<token>`; after the scheme of a header, the scheme says what follows.
 */
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
