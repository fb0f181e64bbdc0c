import { hasControlCharacter } from '../encoding'
import { isDotSegment, parseOrigin, type OriginTemplate } from './origin-template'
import { refuse, succeed, type Result } from '../result'
import { parsedOnce } from '../templates/parsed-once'
import { parseTemplate } from '../templates/parse-template'
import type { TemplatePart } from '../templates/template'
import { beginsWith, splitAtFirst, splitParts } from '../templates/split-parts'

/**
 * The text of a URL, split into its parts before any value is inserted: only the definition decides what is a delimiter,
 * so that a value can never become one (PRODUCT: Templates).
 */

export type QueryTemplate = { key: TemplatePart[]; value: TemplatePart[] | null }

export type UrlTemplate = {
  /** Null if the URL is relative to the connector's base URL. */
  origin: OriginTemplate | null
  /** The segments after the first slash. `/` is one empty segment. */
  path: TemplatePart[][]
  query: QueryTemplate[]
  fragment: TemplatePart[] | null
}

export const urlLimits = { template: 2_048, rendered: 8_192 } as const

/** Refuses every scheme but http and https, a user name or password, control characters and dot segments. */
export const parseUrlTemplate = parsedOnce(parseSource)

function parseSource(source: string): Result<UrlTemplate> {
  const text = source.trim()
  const checked = checkText(text)
  if (!checked.ok) return checked
  const template = parseTemplate(text)
  if (!template.ok) return template
  const [beforeFragment, fragment] = splitAtFirst(template.value.parts, '#')
  const [beforeQuery, query] = splitAtFirst(beforeFragment, '?')
  const split = splitOrigin(beforeQuery)
  if (!split.ok) return split
  const path = readPath(split.value.path)
  if (!path.ok) return path
  return succeed({ origin: split.value.origin, path: path.value, query: query ? readQuery(query) : [], fragment })
}

function checkText(text: string): Result<null> {
  if (text.length > urlLimits.template)
    return refuse('invalid_url', `A URL has at most ${urlLimits.template} characters; this one has ${text.length}.`)
  if (hasControlCharacter(text))
    return refuse('invalid_url', 'The URL contains a line break or another control character. Remove it.')
  if (text.includes('\\')) return refuse('invalid_url', 'The URL contains a backslash. Use / instead.')
  if (text.startsWith('//')) return refuse('invalid_url', 'Write the URL with its scheme: https://…')
  return succeed(null)
}

function splitOrigin(
  parts: readonly TemplatePart[],
): Result<{ origin: OriginTemplate | null; path: TemplatePart[] | null }> {
  const [first, ...others] = parts
  if (!first) return succeed({ origin: null, path: null })
  if (first.kind === 'variable' && (others.length === 0 || beginsWith(others, '/'))) {
    return succeed({ origin: { kind: 'variable', part: first }, path: others.length === 0 ? null : afterSlash(others) })
  }
  const scheme = first.kind === 'text' ? /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(first.text)?.[1]?.toLowerCase() : undefined
  if (first.kind === 'text' && scheme !== undefined) return splitAbsolute(scheme, first.text, others)
  if (hasColonInFirstSegment(parts)) {
    return refuse(
      'invalid_url',
      'A URL must begin with https:// or http://, or with / if it is relative to the base URL.',
    )
  }
  return succeed({ origin: null, path: beginsWith(parts, '/') ? afterSlash(parts) : [...parts] })
}

function splitAbsolute(
  scheme: string,
  text: string,
  others: readonly TemplatePart[],
): Result<{ origin: OriginTemplate; path: TemplatePart[] | null }> {
  const rest = text.slice(scheme.length + 1)
  if ((scheme !== 'http' && scheme !== 'https') || !rest.startsWith('//')) {
    return refuse('invalid_url', `Only https:// and http:// addresses can be called, not ${scheme}:.`)
  }
  const afterScheme: TemplatePart[] = rest === '//' ? [...others] : [{ kind: 'text', text: rest.slice(2) }, ...others]
  const [authority, path] = splitAtFirst(afterScheme, '/')
  const origin = parseOrigin(scheme, authority)
  return origin.ok ? succeed({ origin: origin.value, path }) : origin
}

function afterSlash(parts: readonly TemplatePart[]): TemplatePart[] {
  const [first, ...others] = parts
  if (first?.kind !== 'text') return [...parts]
  return first.text === '/' ? others : [{ kind: 'text', text: first.text.slice(1) }, ...others]
}

function hasColonInFirstSegment(parts: readonly TemplatePart[]): boolean {
  const [segment] = splitAtFirst(parts, '/')
  return segment.some((part) => part.kind === 'text' && part.text.includes(':'))
}

function readPath(parts: TemplatePart[] | null): Result<TemplatePart[][]> {
  const segments = parts === null ? [] : splitParts(parts, '/')
  for (const segment of segments) {
    const [only] = segment
    if (segment.length === 1 && only?.kind === 'text' && isDotSegment(only.text)) {
      return refuse('invalid_url', 'The URL has . or .. between slashes. Write the actual path.')
    }
  }
  return succeed(segments)
}

/** The pairs of a query or of a form body. */
export function readQuery(parts: readonly TemplatePart[]): QueryTemplate[] {
  return splitParts(parts, '&')
    .filter((pair) => pair.length > 0)
    .map((pair) => {
      const [key, value] = splitAtFirst(pair, '=')
      return { key, value }
    })
}

/** Appends a relative URL to the base URL: `https://a.test/v1` and `/orders` make `https://a.test/v1/orders`. */
export function joinUrl(base: UrlTemplate, relative: UrlTemplate): UrlTemplate {
  const basePath = base.path.at(-1)?.length === 0 && relative.path.length > 0 ? base.path.slice(0, -1) : base.path
  return {
    ...base,
    path: [...basePath, ...relative.path],
    query: [...base.query, ...relative.query],
    fragment: relative.fragment ?? base.fragment,
  }
}

/** Parses a URL and appends it to the base URL if it is relative. */
export function resolveUrlTemplate(source: string, baseUrl: string): Result<UrlTemplate> {
  const url = parseUrlTemplate(source)
  if (!url.ok || url.value.origin !== null) return url
  if (baseUrl.trim() === '') {
    return refuse(
      'invalid_url',
      source.trim() === ''
        ? 'Enter a URL.'
        : 'This URL is relative, but the connector has no base URL. Write the whole URL, or enter a base URL.',
    )
  }
  const base = parseUrlTemplate(baseUrl)
  if (!base.ok) return base
  if (base.value.origin === null)
    return refuse('invalid_url', 'The base URL of the connector must begin with https:// or http://.')
  return succeed(joinUrl(base.value, url.value))
}

/** The check of a form while a definition is edited. */
export function checkUrlTemplate(source: string, { relative }: { relative: boolean }): Result<UrlTemplate> {
  const url = parseUrlTemplate(source)
  if (!url.ok || relative || url.value.origin !== null) return url
  return refuse('invalid_url', 'Write the whole URL, beginning with https:// or http://, or with a URL variable.')
}
