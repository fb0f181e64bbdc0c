import { refuse, succeed, type Result } from '../result'

/**
 * The hosts that a URL variable or an untrusted value may lead to (DATA §6): `api.myapp.com`, `*.myapp.com` for all its
 * subdomains, with a port unless it is the default one. The scheme is https unless an entry begins with `http://`;
 * loopback names allow both.
 */

type AllowedHost = { scheme: string | null; wildcard: boolean; host: string; port: string }

const entryForm = /^(?:(https?):\/\/)?(\*\.)?(\[[0-9a-f:.]+\]|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*)(?::(\d{1,5}))?$/

/** A name has at most 253 characters (RFC 1035 §2.3.4); a scheme, `*.` and a port have up to 16. */
const longestEntry = 253 + 16

function parseEntry(text: string): AllowedHost | null {
  const entry = text.trim().toLowerCase()
  const match = entry.length <= longestEntry ? entryForm.exec(entry) : null
  if (!match || /(?:^|\.)-|-(?:\.|$)/.test(match[3] ?? '')) return null
  const [, scheme = null, star, host = '', port = ''] = match
  if (star && !(host.includes('.') && /[a-z]/.test(host.split('.').at(-1) ?? '')) && host !== 'localhost') return null
  if (!URL.canParse(`https://${host}`) || new URL(`https://${host}`).hostname !== host) return null
  return { scheme, wildcard: star !== undefined, host, port }
}

/** Returns the entry as it is stored, in lower case. */
export function checkAllowedHost(text: string): Result<string> {
  if (parseEntry(text)) return succeed(text.trim().toLowerCase())
  return refuse(
    'invalid_input',
    `“${text.trim().slice(0, 80)}” is not a host. Write api.myapp.com, or *.myapp.com for all its subdomains.`,
  )
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '127.0.0.1' || host === '[::1]'
}

function schemesOf({ scheme, host }: AllowedHost): string[] {
  return scheme ? [scheme] : isLoopback(host) ? ['https', 'http'] : ['https']
}

/** The origin patterns of an entry, for `matchesOrigin`. */
export function originPatternsOf(entry: string): string[] {
  const parsed = parseEntry(entry)
  if (!parsed) return []
  const host = `${parsed.wildcard ? '*.' : ''}${parsed.host}`
  return schemesOf(parsed).map((scheme) => {
    const usual = parsed.port === '' || Number(parsed.port) === (scheme === 'https' ? 443 : 80)
    return `${scheme}://${host}${usual ? '' : `:${Number(parsed.port)}`}`
  })
}

/** Second-level domains under which anybody can register: `{{shop}}.co.uk` could be any shop in the country. */
const registries = /^(?:ac|co|com|edu|gov|net|ne|or|org)\.[a-z]{2}$/

/**
 * Whether the labels are a domain with one owner, so that all its subdomains belong to that owner.
 */
export function isFixedDomain(labels: readonly string[]): boolean {
  if (labels.length === 1) return labels[0] === 'localhost'
  return labels.length > 1 && !/^\d+$/.test(labels.at(-1) ?? '') && !registries.test(labels.join('.'))
}

/** Whether an origin is among the allowed hosts. */
export function matchesAllowedHosts(origin: string, allowedHosts: readonly string[]): boolean {
  return matchesOrigin(origin, allowedHosts.flatMap(originPatternsOf))
}

/**
 * Whether a URL leads to one of the origins: `https://api.acme.test`, `https://{account}.acme.test` and
 * `https://api-{region}.acme.test` (each within one label), or `https://*.acme.test` (any number of labels, at least
 * one).
 */
export function matchesOrigin(url: string | URL, patterns: readonly string[]): boolean {
  const text = String(url)
  if (!URL.canParse(text)) return false
  const { protocol, hostname, port } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return false
  return patterns.some((pattern) => matchesPattern({ protocol, hostname, port }, pattern))
}

function matchesPattern(url: { protocol: string; hostname: string; port: string }, pattern: string): boolean {
  const match = /^(https?:)\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?$/.exec(pattern)
  if (!match || match[1] !== url.protocol || (match[3] ?? '') !== url.port) return false
  const wanted = (match[2] ?? '').split('.')
  const given = url.hostname.split('.')
  if (wanted[0] === '*') return given.length >= wanted.length && url.hostname.endsWith(`.${wanted.slice(1).join('.')}`)
  return wanted.length === given.length && wanted.every((piece, index) => matchesLabel(given[index] ?? '', piece))
}

/**
 * Matches `api-eu` with `api-{region}`: the text around the variables is literal. Each piece of text is matched at its
 * first occurrence, so that many variables in a label cost no more than one.
 */
function matchesLabel(label: string, pattern: string): boolean {
  if (!pattern.includes('{')) return label === pattern
  const [first = '', ...between] = pattern.split(/\{[^{}]*\}/)
  const last = between.pop() ?? ''
  const fits =
    /^[a-z0-9-]+$/.test(label) &&
    label.startsWith(first) &&
    label.endsWith(last) &&
    label.length >= first.length + last.length
  let rest = label.slice(first.length, label.length - last.length)
  return (
    fits &&
    between.every((text) => {
      const at = rest.indexOf(text)
      rest = rest.slice(at + text.length)
      return at >= 0
    })
  )
}
