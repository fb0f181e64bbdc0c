import { isPlaceholder } from '../curl/placeholders'
import { hostOf } from '../openapi/host-of'
import { definitionLimits } from '../openapi/limits'
import type { Node } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { isPlainLine, literal, quote } from '../openapi/texts'
import { checkUrl } from '@/lib/endpoints/check-endpoint'
import { checkUrlTemplate } from '@/lib/domain/urls/url-template'
import type { PostmanDraft } from './draft'
import { namesIn, onlyName, piecesOf } from './references'
import type { Secrets } from './secrets'
import type { VariableSources } from './variable-sources'

type Context = { draft: PostmanDraft; sources: VariableSources; secrets: Secrets; report: Report; hosts: Set<string> }

/** Parts of a path that belong to the whole API: `/api`, `/v1`, `/2024-01`. */
const ofTheApi = /^(?:api|rest|graphql|services?|v\d[\w.-]*|\d{4}-\d{2}(?:-\d{2})?|\d+\.\d+)$/i

/** The base URL: the beginning of most requests, with the path that all of these have in common. */
export class BaseUrl {
  readonly #counts = new Map<string, { count: number; prefix: string[] }>()
  readonly #context: Context
  /** The beginning of addresses that are relative to the base URL. */
  #base = ''
  #prefix = ''
  readonly #origins = new Map<string, string | null>()

  constructor(context: Context) {
    this.#context = context
  }

  /** Counts the beginning of one request. */
  add(base: string, path: string): void {
    const key = baseKey(base)
    const segments = path.split('/').slice(1, -1)
    const known = this.#counts.get(key)
    if (known === undefined) {
      this.#counts.set(key, { count: 1, prefix: segments })
      return
    }
    known.count += 1
    const differs = known.prefix.findIndex((segment, index) => segment !== segments[index])
    if (differs >= 0) known.prefix = known.prefix.slice(0, differs)
  }

  /** After all requests were counted. @returns the base URL of the connector */
  choose(root: Node): string {
    const [best] = [...this.#counts]
      .filter(([base]) => base !== '')
      .sort(([, one], [, other]) => other.count - one.count)
    if (best === undefined) {
      this.#context.report.add('note', root, 'No request has a host. Enter the base URL of the connector.')
      return ''
    }
    const [base, { count, prefix }] = best
    const origin = this.#originOf(base, root)
    if (origin === null) return ''
    const last = count < 2 ? -1 : prefix.findLastIndex((segment) => ofTheApi.test(segment))
    const isPlain = prefix.slice(0, last + 1).every((segment) => /^[\w.~-]+$/.test(segment))
    this.#base = base
    this.#prefix = last < 0 || !isPlain ? '' : `/${prefix.slice(0, last + 1).join('/')}`
    return `${origin}${this.#prefix}`
  }

  /**
   * What stands before the path of an endpoint, and the path behind it. Null, with a line in the report, if the host
   * cannot be called.
   */
  place(base: string, path: string, node: Node): { before: string; path: string } | null {
    const key = baseKey(base)
    const isBelow = path === this.#prefix || path.startsWith(`${this.#prefix}/`)
    if (key === '' || (key === this.#base && isBelow))
      return { before: '', path: key === '' ? path : path.slice(this.#prefix.length) }
    const origin = this.#originOf(key, node)
    return origin === null ? null : { before: origin, path }
  }

  #originOf(base: string, node: Node): string | null {
    const known = this.#origins.get(base)
    if (known !== undefined) return known
    const origin = this.#readOrigin(base, node)
    this.#origins.set(base, origin)
    return origin
  }

  #readOrigin(base: string, node: Node): string | null {
    const { sources, secrets, report } = this.#context
    const isSecret = piecesOf(base).some((piece) => piece.kind === 'variable' && sources.isSecret(piece.name))
    const values = isSecret ? [] : (sources.everyValue(base) ?? []).map((value) => this.#address(value, node))
    const usable = values.filter((value) => value !== null)
    const distinct = [...new Set(usable)]
    if (distinct.length === 1 && usable.length === values.length) {
      this.#context.draft.noteUsed(namesIn(base))
      return literal(distinct[0]!)
    }
    const template = this.#template(base, node)
    if (isPlainLine(template, definitionLimits.url) && !secrets.isIn(template)) {
      const sound = checkUrl(template).ok && checkUrlTemplate(template, { relative: false }).ok
      if (sound) return template
    }
    report.add(
      'not_imported',
      node,
      `${quote(secrets.redacted(base))} is no address that can be called. Enter the base URL of the connector.`,
    )
    return null
  }

  /** An address that can be written as it is; null if it cannot be called. */
  #address(value: string, node: Node): string | null {
    const { report, secrets } = this.#context
    const trimmed = value
      .trim()
      .replace(/[?#].*$/s, '')
      .replace(/\/+$/, '')
    const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
    const address = hasScheme ? trimmed : `http://${trimmed}`
    const isSound = !isPlaceholder(trimmed) && isPlainLine(address, definitionLimits.url) && hostOf(address) !== null
    if (!isSound || !checkUrl(address).ok || secrets.isIn(address)) return null
    if (!hasScheme)
      report.add(
        'note',
        node,
        'An address has no scheme, so it is http, as for Postman. Change it if the API uses https.',
      )
    return address.replace(/^[^/]*\/\/[^/]*/, (origin) => origin.toLowerCase())
  }

  /** A host with variables that have no value, or another one in each environment. */
  #template(base: string, node: Node): string {
    const { draft, hosts, sources, report } = this.#context
    const [, scheme = '', host = ''] = /^((?:[A-Za-z][A-Za-z0-9+.-]*|\{\{[^{}]*\}\}):\/\/)?([\s\S]*)$/.exec(base) ?? []
    const pieces = piecesOf(host)
    const whole = onlyName(host.replace(/:(?:\d+|\{\{[^{}]*\}\})$/, ''))
    if (whole !== null) {
      const values = sources.environments.flatMap((environment) => sources.resolve(base, environment) ?? [])
      for (const value of values) hosts.add(hostOf(/^\w+:/.test(value) ? value : `http://${value}`) ?? '')
      if (values.length < sources.environments.length)
        report.add(
          'changed',
          node,
          'The host is a variable without a value. Add the hosts that it may name to the allowed hosts of the connector.',
        )
      if (onlyName(base) === null) return draft.addressOutput(base, whole)
      return draft.connectorOutput(whole, node, { inputKind: 'url', required: true })
    }
    const written = pieces.map((piece) =>
      piece.kind === 'text'
        ? literal(piece.text.toLowerCase())
        : draft.connectorOutput(piece.name, node, { required: true }),
    )
    return `${scheme === '' || scheme.includes('{') ? 'https://' : scheme.toLowerCase()}${written.join('')}`
  }
}

/** A host ignores upper and lower case; names of variables do not. */
function baseKey(base: string): string {
  return piecesOf(base)
    .map((piece) => (piece.kind === 'text' ? piece.text.toLowerCase() : piece.written))
    .join('')
}
