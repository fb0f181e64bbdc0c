import { readFileSync } from 'node:fs'
import { connectorDocumentSchema } from '@/lib/imports/document-schema'
import { mapOpenApi } from '@/lib/imports/openapi/map-open-api'
import { planConnector } from '@/lib/imports/plan-connector'
import { printLines } from '../measure'
import { compareImport, type ImportComparison } from './compare-import'
import { filesOf, isOpenApi, parseText, resolverIn, type BenchDocument } from './documents'
import { readIndependently } from './read-independently'

type Row = {
  name: string
  comparison: ImportComparison
  lines: number
  parseMs: number
  mapMs: number
  planMs: number
  heapMb: number
  problem: string
}

/**
 * `npm run bench -- import FOLDER`: maps and plans every OpenAPI document below the folder and compares the result with
 * an independent reading. The times are those of the parser, of the mapping with its schemas, and of the checks that the
 * form's rules make; the ratio is that of the mapping to the parser. The memory is the largest heap that was seen.
 * @returns whether nothing was lost silently and every result can be saved
 */
export function measureImports(folder: string): boolean {
  const rows: Row[] = []
  let skipped = 0
  for (const document of filesOf(folder)) {
    const row = measureDocument(folder, document)
    if (row === null) skipped += 1
    else rows.push(row)
  }
  printRows(rows)
  const failed = rows.filter(({ problem, comparison }) => problem !== '' || comparison.silent.length > 0)
  for (const { name, problem, comparison } of failed) {
    console.log(`${name}: ${problem}`)
    for (const part of comparison.silent.slice(0, 20)) console.log(`  neither imported nor reported: ${part}`)
  }
  const most = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(
    `${rows.length} documents, ${skipped} other files, ${failed.length} failed. Memory of the process: at most ${most} MB.`,
  )
  return failed.length === 0
}

/** Null if the file is no OpenAPI document: a part of one, or something else. */
function measureDocument(folder: string, { name, path }: BenchDocument): Row | null {
  const text = readFileSync(path, 'utf8')
  const heap = new Heap()
  const startedAt = performance.now()
  const document = parseText(path, text)
  const parsedAt = performance.now()
  if (!isOpenApi(document)) return null
  heap.look()
  const resolve = resolverIn(folder, path)
  const mapping = mapOpenApi(document, { resolve })
  heap.look()
  const schemas = [...mapping.schemas()]
  const report = mapping.report()
  const mappedAt = performance.now()
  const named = Object.fromEntries(schemas.map(({ name, schema }) => [name, schema]))
  const problem = problemOf({ ...mapping.connector, schemas: named })
  heap.look()
  const plannedAt = performance.now()
  const comparison = compareImport(readIndependently(document, resolve), mapping, schemas, report)
  const times = { parseMs: parsedAt - startedAt, mapMs: mappedAt - parsedAt, planMs: plannedAt - mappedAt }
  return { name, comparison, lines: report.length, ...times, heapMb: heap.mostMb, problem }
}

/** Why the connector could not be saved; empty if it can. */
function problemOf(connector: unknown): string {
  const parsed = connectorDocumentSchema.safeParse(connector)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`
  }
  const plan = planConnector(parsed.data)
  return plan.ok ? '' : `${plan.error.field ?? ''}: ${plan.error.message}`
}

class Heap {
  mostMb = 0

  look(): void {
    this.mostMb = Math.max(this.mostMb, process.memoryUsage().heapUsed / 1024 / 1024)
  }
}

function printRows(rows: readonly Row[]): void {
  const count = ({ imported, found }: { imported: number; found: number }) =>
    imported === found ? String(found) : `${imported}/${found}`
  const cells = rows.map(({ name, comparison, lines, parseMs, mapMs, planMs, heapMb }) => [
    name,
    ...(['endpoints', 'methods', 'enablements', 'parameters', 'schemas'] as const).map((what) =>
      count(comparison[what]),
    ),
    String(lines),
    ...[parseMs, mapMs, planMs].map((ms) => `${ms.toFixed(0)} ms`),
    `${(mapMs / parseMs).toFixed(1)} ×`,
    `${heapMb.toFixed(0)} MB`,
  ])
  printLines([
    [
      'Imported/found',
      'endpoints',
      'methods',
      'enabled',
      'parameters',
      'schemas',
      'report',
      'parse',
      'map',
      'check',
      'ratio',
      'heap',
    ],
    ...cells,
  ])
}
