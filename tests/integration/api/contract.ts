import type { JsonSchema } from '@/lib/api/document/json-schema'

/**
 * The contract of an OpenAPI document as lines of text, one for each thing that a program can rely on or has to send, and
 * which changes break programs.
 */

type Json = JsonSchema

/** What is where: `POST /flows < body.name` → `required string`. `<` is sent by programs, `>` is received. */
export type Contract = Map<string, string>

export function contractOf(document: Json): Contract {
  const lines: Contract = new Map()
  const components = (document.components as Json).schemas as Record<string, Json>
  for (const [path, methods] of Object.entries(document.paths as Record<string, Json>))
    for (const [method, operation] of Object.entries(methods as Record<string, Json>)) {
      const name = `${method.toUpperCase()} ${path}`
      lines.set(name, 'operation')
      for (const parameter of operation.parameters as Json[])
        describe(lines, `${name} < ${String(parameter.in)}.${String(parameter.name)}`, parameter.schema as Json, {
          required: parameter.required === true,
          components,
        })
      const sent = operation.requestBody as Json | undefined
      for (const [type, { schema }] of contentOf(sent))
        describe(lines, `${name} < ${type}`, schema as Json, { required: sent?.required === true, components })
      for (const [status, response] of Object.entries(operation.responses as Record<string, Json>))
        for (const [type, { schema }] of contentOf(response))
          describe(lines, `${name} > ${status} ${type}`, schema as Json, { required: true, components })
    }
  for (const [name, schema] of Object.entries(components))
    describe(lines, `component ${name}`, schema, { required: true, components })
  return lines
}

function contentOf(body: Json | undefined): [string, Json][] {
  return Object.entries((body?.content ?? {}) as Record<string, Json>)
}

type Where = { required: boolean; components: Record<string, Json> }

function describe(lines: Contract, at: string, schema: Json, { required, components }: Where): void {
  lines.set(at, `${required ? 'required' : 'optional'} ${typesOf(schema).join('|')}`)
  for (const part of [schema, ...alternativesOf(schema)]) {
    const needed = (part.required ?? []) as string[]
    for (const [name, property] of Object.entries((part.properties ?? {}) as Record<string, Json>))
      describe(lines, `${at}.${name}`, property, { required: needed.includes(name), components })
    if (typeof part.items === 'object') describe(lines, `${at}[]`, part.items as Json, { required: true, components })
    if (typeof part.additionalProperties === 'object')
      describe(lines, `${at}{}`, part.additionalProperties as Json, { required: false, components })
  }
}

function alternativesOf(schema: Json): Json[] {
  return [...((schema.anyOf ?? []) as Json[]), ...((schema.oneOf ?? []) as Json[])]
}

/** `["integer", "null"]`; a constant or a list of values is one type for each value. */
function typesOf(schema: Json): string[] {
  const alternatives = alternativesOf(schema)
  if (alternatives.length > 0) return [...new Set(alternatives.flatMap(typesOf))].sort()
  if (typeof schema.$ref === 'string') return [schema.$ref.split('/').at(-1)!]
  if (Array.isArray(schema.enum)) return (schema.enum as unknown[]).map((value) => JSON.stringify(value)).sort()
  if (schema.const !== undefined) return [JSON.stringify(schema.const)]
  return [schema.type ?? 'anything'].flat().map(String).sort()
}

/** The changes that can break a program which was written for the earlier contract. */
export function breakingChanges(before: Contract, after: Contract): string[] {
  const removed = [...before.keys()].filter((at) => !after.has(at)).map((at) => `${at} was removed`)
  // A new operation breaks nothing, whatever it requires.
  const known = [...after].filter(([at]) => !at.includes(' < ') || before.has(at.split(' < ', 1)[0]!))
  // What is required inside something new is only needed by programs that send the new part.
  const isInsideNew = (at: string) => {
    const part = at.replace(/(?:\[\]|\{\}|\.[^.[{]+)$/, '')
    return !before.has(at) && part !== at && after.has(part) && !before.has(part)
  }
  const changed = known.flatMap(([at, now]) => (isInsideNew(at) ? [] : breakingChange(at, before.get(at), now)))
  return [...removed, ...changed]
}

function breakingChange(at: string, before: string | undefined, now: string): string[] {
  const isSent = at.includes(' < ')
  const [need, types = ''] = now.split(' ', 2)
  if (before === undefined) return isSent && need === 'required' ? [`${at} is new and required`] : []
  const [neededBefore, typesBefore = ''] = before.split(' ', 2)
  const [earlier, current] = [typesBefore.split('|'), types.split('|')]
  if (isSent) {
    const narrower = earlier.filter((type) => !current.includes(type))
    const required = need === 'required' && neededBefore === 'optional'
    return [
      ...narrower.map((type) => `${at} no longer accepts ${type}`),
      ...(required ? [`${at} is required now`] : []),
    ]
  }
  // A new value of a list of values is expected to happen; a new type is not.
  const wider = current.filter((type) => !earlier.includes(type) && !type.startsWith('"'))
  const optional = need === 'optional' && neededBefore === 'required'
  return [...wider.map((type) => `${at} can be ${type} now`), ...(optional ? [`${at} may be missing now`] : [])]
}

export function textOf(version: string, contract: Contract): string {
  const lines = [...contract].map(([at, what]) => `${at}: ${what}`)
  return `version ${version}\n${lines.sort().join('\n')}\n`
}

export function readText(text: string): { version: string; contract: Contract } {
  const [first = '', ...lines] = text.trimEnd().split('\n')
  return {
    version: first.replace('version ', ''),
    contract: new Map(lines.map((line) => line.split(/: (?=\S+(?: \S.*)?$)/, 2) as [string, string])),
  }
}
