import type { MappedSchema, OpenApiMapping } from '@/lib/imports/openapi/map-open-api'
import type { ReportLine } from '@/lib/imports/openapi/report'
import type { FoundOperation, FoundParameter, IndependentReading } from './read-independently'

/** How much of a document was imported, and what is neither imported nor reported. */
export type ImportComparison = Record<'endpoints' | 'methods' | 'enablements' | 'parameters' | 'schemas', Count> & {
  silent: string[]
}
type Count = { imported: number; found: number }

type Imported = {
  endpoint: NonNullable<OpenApiMapping['connector']['endpoints']>[number]
  /** The sets of schemes of the methods that it accepts. */
  sets: Set<string>
}

export function compareImport(
  reading: IndependentReading,
  mapping: Pick<OpenApiMapping, 'connector' | 'endpoints' | 'methods'>,
  schemas: readonly Pick<MappedSchema, 'pointer'>[],
  report: readonly ReportLine[],
): ImportComparison {
  const told = new Told(report)
  const { connector } = mapping
  const sets = new Map(
    mapping.methods.map(({ schemes }, index) => [connector.methods?.[index]?.name ?? '', setOf(schemes)]),
  )
  const imported = new Map(
    (connector.endpoints ?? []).map((endpoint, index): [string, Imported] => [
      mapping.endpoints[index]?.pointer ?? '',
      { endpoint, sets: new Set((endpoint.accepts ?? []).map((name) => sets.get(name) ?? '?')) },
    ]),
  )
  const comparison: ImportComparison = {
    endpoints: { imported: 0, found: 0 },
    methods: { imported: mapping.methods.length, found: methodsOf(reading, mapping) },
    enablements: { imported: 0, found: 0 },
    parameters: { imported: 0, found: 0 },
    schemas: { imported: 0, found: reading.schemas.length },
    silent: [],
  }
  for (const operation of reading.operations)
    compareOperation(comparison, operation, imported.get(operation.pointer), told)
  const stored = new Set(schemas.map(({ pointer }) => pointer))
  for (const { pointer } of reading.schemas) {
    if (stored.has(pointer)) comparison.schemas.imported += 1
    else if (!told.about(pointer)) comparison.silent.push(`schema ${pointer}`)
  }
  for (const pointer of reading.listed) if (!told.about(pointer)) comparison.silent.push(`listed ${pointer}`)
  if (comparison.methods.imported !== comparison.methods.found && !told.aboutMethods())
    comparison.silent.push(`methods: ${comparison.methods.imported} of ${comparison.methods.found}`)
  return comparison
}

function compareOperation(
  comparison: ImportComparison,
  operation: FoundOperation,
  found: Imported | undefined,
  told: Told,
): void {
  const { silent, endpoints, enablements, parameters } = comparison
  endpoints.found += 1
  if (found === undefined) {
    if (!told.aboutOperation(operation.pointer)) silent.push(`operation ${operation.pointer}`)
    return
  }
  endpoints.imported += 1
  const expected = new Set(operation.alternatives.map(({ schemes }) => setOf(schemes)))
  for (const set of found.sets)
    if (!expected.has(set)) silent.push(`enabled without reason: ${set} for ${operation.pointer}`)
  for (const { pointer, schemes } of operation.alternatives) {
    enablements.found += 1
    if (found.sets.has(setOf(schemes))) enablements.imported += 1
    else if (!told.about(pointer)) silent.push(`enablement ${pointer} ${schemes.join(' + ')}`)
  }
  for (const parameter of operation.parameters) {
    parameters.found += 1
    if (isImported(parameter, found)) parameters.imported += 1
    else if (!told.aboutParameter(parameter, operation.pointer))
      silent.push(`parameter ${parameter.pointers.join(' = ')} (${parameter.location} ${parameter.name})`)
  }
  if (operation.hasBody && (found.endpoint.bodyFormat ?? 'none') === 'none' && !told.about(operation.bodyPointer))
    silent.push(`body ${operation.bodyPointer}`)
}

const places: Record<string, string> = { query: 'url', header: 'header', cookie: 'cookie', formData: 'body' }

function isImported({ name, location, required, keys }: FoundParameter, { endpoint }: Imported): boolean {
  if (location === 'path')
    return (endpoint.variables ?? []).some(({ displayName = '' }) => displayName === name.trim().replace(/\s+/g, ' '))
  const own = (endpoint.parameters ?? []).filter((parameter) => parameter.in === places[location])
  if (keys !== null && keys.length > 0) return keys.every((key) => own.some((parameter) => parameter.key === key))
  return own.some((parameter) => parameter.key === name && (parameter.required ?? true) === required)
}

/**
 * Each distinct set of schemes is a method, once per flow of the scheme that carries the others: any of them may be that
 * one, so that a number of flows of one of the schemes is right.
 */
function methodsOf({ operations, flows }: IndependentReading, mapping: Pick<OpenApiMapping, 'methods'>): number {
  const sets = new Map(
    operations.flatMap(({ alternatives }) => alternatives.map(({ schemes }) => [setOf(schemes), schemes])),
  )
  const together = new Set([...sets.values()].filter((schemes) => schemes.length > 1).flat())
  for (const name of flows.keys()) if (!together.has(name)) sets.set(setOf([name]), [name])
  const counts = [...sets].map(([key, schemes]) => {
    if (!schemes.every((name) => flows.has(name))) return 0
    const possible = schemes.length === 0 ? [1] : schemes.map((name) => flows.get(name) ?? 1)
    const made = mapping.methods.filter((method) => setOf(method.schemes) === key).length
    return possible.includes(made) ? made : Math.max(...possible)
  })
  return counts.reduce((sum, count) => sum + count, 0)
}

function setOf(schemes: readonly string[]): string {
  return schemes.toSorted().join(' + ')
}

/** What the report says. A note is no reason for a missing part. */
class Told {
  readonly #at = new Map<string, ReportLine[]>()
  readonly #above = new Set<string>()

  constructor(report: readonly ReportLine[]) {
    for (const line of report.filter(({ kind }) => kind !== 'note')) {
      this.#at.set(line.pointer, [...(this.#at.get(line.pointer) ?? []), line])
      for (let at = line.pointer.lastIndexOf('/'); at > 0; at = line.pointer.lastIndexOf('/', at - 1))
        this.#above.add(line.pointer.slice(0, at))
    }
  }

  /** Of the part itself, or of something in it. */
  about(pointer: string): boolean {
    return pointer !== '' && (this.#at.has(pointer) || this.#above.has(pointer))
  }

  aboutOperation(pointer: string): boolean {
    const path = pointer.slice(0, pointer.lastIndexOf('/'))
    const isLimit = (at: string) => this.#at.get(at)?.some(({ kind }) => kind === 'limit') ?? false
    return this.#at.has(pointer) || this.#at.has(path) || isLimit('/paths') || isLimit('')
  }

  /** A rule of endpoints is reported at the operation, with the parameter's name. */
  aboutParameter({ pointers, name }: FoundParameter, operation: string): boolean {
    return (
      pointers.some((pointer) => this.about(pointer)) ||
      (this.#at.get(operation)?.some(({ message }) => message.includes(name.trim().slice(0, 20))) ?? false)
    )
  }

  aboutMethods(): boolean {
    return [...this.#at.keys(), ...this.#above].some((pointer) =>
      /^\/(?:components\/securitySchemes|securityDefinitions|security)|\/security(?:\/|$)/.test(pointer),
    )
  }
}
