import { firstFree } from '@/lib/domain/names'
import { checkUrlTemplate } from '@/lib/domain/urls/url-template'
import { checkUrl } from '@/lib/endpoints/check-endpoint'
import { hostOf } from './host-of'
import { definitionLimits } from './limits'
import type { Reader } from './reader'
import type { Server, ServerVariable } from './read-server'
import { isPlainLine, labelOf, lineOf, literal, quote, textOf } from './texts'
import { variableKeyOf } from './variable-keys'
import type { VariableInput } from './variables'

/** The address of a server as a template. */
export type ServerTemplate = { url: string; variables: VariableInput[]; allowedHosts: string[] }

const placeholder = /\{([^{}]*)\}/g

/**
 * A variable may be a part of the host before a fixed domain, or in the path. Where it stands for a whole host, it
 * becomes a URL variable. Everywhere else (the scheme, the port, the end of a domain) its default is used.
 */
export function templateOf(reader: Reader, server: Server, taken: Set<string>): ServerTemplate {
  const [, start = '', rest = ''] = /^((?:https?:\/\/|\{[^{}]*\}:\/\/)?[^/]*)(.*)$/i.exec(server.url) ?? []
  const written = new Map<string, VariableInput>()
  const path = fill(rest, server, written, taken)
  const whole = wholeHost(start)
  if (whole !== null) return hostTemplate(reader, server, { whole, path, written }, taken)
  const plain = start.replace(/^\{[^{}]*\}:/, (scheme) => `${defaultIn(reader, server, scheme.slice(0, -1))}:`)
  // From the end, because the variables nearest to the end of the host are those that cannot be one.
  for (let fixed = plain; ;) {
    const url = `${fill(fixed, server, written, taken)}${path}`
    const used = [...written].filter(([name]) => fixed.includes(`{${name}}`) || rest.includes(`{${name}}`))
    if (checkUrl(url).ok && checkUrlTemplate(url, { relative: false }).ok)
      return { url, variables: used.map(([, variable]) => variable), allowedHosts: [] }
    const [last] = [...fixed.matchAll(placeholder)].slice(-1)
    if (!last) break
    fixed = `${fixed.slice(0, last.index)}${defaultIn(reader, server, last[0])}${fixed.slice(last.index + last[0].length)}`
  }
  reader.report.add(
    'invalid',
    server.node,
    `The server ${quote(server.url)} is no address. Enter the base URL of the connector.`,
  )
  return { url: '', variables: [], allowedHosts: [] }
}

/** Every address that the choices of the variables make; null if a variable has no choices, or there are too many. */
export function combinationsOf(server: Server, most: number): { url: string; description: string }[] | null {
  let urls = [server.url]
  for (const [match, name = ''] of server.url.matchAll(placeholder)) {
    const variable = server.variables.get(name)
    if (!variable || variable.choices.length === 0) return null
    const values = [...new Set([variable.usual, ...variable.choices])]
    urls = urls.flatMap((url) => values.map((value) => url.replace(match, () => value)))
    if (urls.length > most) return null
  }
  const { description } = server
  return urls.map((url) => ({ url: url.replace(/\/+$/, ''), description })).filter(({ url }) => isAddress(url))
}

function isAddress(url: string): boolean {
  return isPlainLine(url, definitionLimits.url) && !url.includes('{') && checkUrl(url).ok
}

/** The name of the variable that is the whole host, with or without a scheme and a port; else null. */
function wholeHost(start: string): string | null {
  return /^(?:(?:https?|\{[^{}]*\}):\/\/)?\{([^{}]*)\}(?::(?:\d+|\{[^{}]*\}))?$/i.exec(start)?.[1] ?? null
}

function hostTemplate(
  reader: Reader,
  server: Server,
  { whole, path, written }: { whole: string; path: string; written: Map<string, VariableInput> },
  taken: Set<string>,
): ServerTemplate {
  const variable = server.variables.get(whole)
  const [, start = ''] = /^((?:[^/]*:\/\/)?[^/]*)/.exec(server.url) ?? []
  const filled = start.replace(placeholder, (_, name: string) => server.variables.get(name)?.usual ?? '')
  const usual = addressOf(filled)
  const others = (variable?.choices ?? []).flatMap(
    (choice) =>
      addressOf(
        start.replace(placeholder, (_, name: string) =>
          name === whole ? choice : (server.variables.get(name)?.usual ?? ''),
        ),
      ) ?? [],
  )
  const addresses = [...new Set([...(usual === null ? [] : [usual]), ...others])]
  const key = keyFor(whole, taken)
  reader.report.add(
    'changed',
    server.node,
    `The host of ${quote(server.url)} is a variable. It became a URL variable; add the hosts that it may name to the allowed hosts of the connector.`,
  )
  const own: VariableInput = {
    key,
    displayName: labelOf(whole, definitionLimits.name) || key,
    helpText: textOf(variable?.description ?? '', definitionLimits.variableText),
    required: true,
    ...(addresses.length > 1
      ? {
          inputKind: 'select',
          options: addresses
            .slice(0, definitionLimits.options)
            .map((value) => ({ value, label: lineOf(value, definitionLimits.optionLabel) })),
        }
      : { inputKind: 'url' }),
    ...(usual !== null && { defaultValue: usual }),
  }
  const hosts = [...new Set(addresses.flatMap((address) => hostOf(address) ?? []))].slice(
    0,
    definitionLimits.allowedHosts,
  )
  return { url: `{{ ${key} }}${path}`, variables: [own, ...written.values()], allowedHosts: hosts }
}

function addressOf(start: string): string | null {
  const url = /^https?:\/\//i.test(start) ? start : `https://${start.replace(/^[^/]*:\/\//, '')}`
  return hostOf(url) !== null && isAddress(url) ? url : null
}

/** Replaces placeholders by outputs and collects their variables by name. */
function fill(text: string, server: Server, written: Map<string, VariableInput>, taken: Set<string>): string {
  let end = 0
  let filled = ''
  for (const match of text.matchAll(placeholder)) {
    const name = match[1] ?? ''
    const variable = written.get(name) ?? variableFor(server.variables.get(name), name, taken)
    written.set(name, variable)
    filled += `${literal(text.slice(end, match.index))}{{ ${variable.key} }}`
    end = match.index + match[0].length
  }
  return filled + literal(text.slice(end))
}

function variableFor(given: ServerVariable | undefined, name: string, taken: Set<string>): VariableInput {
  const key = keyFor(name, taken)
  const choices = [...new Set([...(given?.usual ? [given.usual] : []), ...(given?.choices ?? [])])]
    .filter((value) => value !== '' && isPlainLine(value, definitionLimits.variableText))
    .slice(0, definitionLimits.options)
  const isSelect = (given?.choices.length ?? 0) > 0 && choices.length > 0
  const usual = given?.usual ?? ''
  return {
    key,
    displayName: labelOf(name, definitionLimits.name) || key,
    helpText: textOf(given?.description ?? '', definitionLimits.variableText),
    required: true,
    inputKind: isSelect ? 'select' : 'text',
    ...(isSelect && {
      options: choices.map((value) => ({ value, label: lineOf(value, definitionLimits.optionLabel) })),
    }),
    ...(choices.includes(usual) && { defaultValue: usual }),
  }
}

function keyFor(name: string, taken: Set<string>): string {
  const key = firstFree(variableKeyOf(name), '_', (candidate) => taken.has(candidate))
  taken.add(key)
  return key
}

function defaultIn({ report }: Reader, { node, variables }: Server, match: string): string {
  const name = match.slice(1, -1)
  // A default with a placeholder of its own would be replaced without end.
  const usual = (variables.get(name)?.usual ?? '').replace(/[{}]/g, '')
  report.add(
    'changed',
    node,
    `The variable ${quote(name)} became its default ${quote(usual)}: it can only be a part of the host before a fixed domain, or in the path.`,
  )
  return usual
}
