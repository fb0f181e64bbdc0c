import type { TestDatabase } from '@/tests/support/database'
import type { Statement } from './recorded-statements'

type Node = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; Plans?: Node[] }

/**
 * How Postgres would run a statement: the tables it would read from end to end, the indexes it would use, whether it
 * would sort.
 */
export type Plan = { scannedWhole: string[]; indexes: string[]; sorts: boolean }

export async function planOf({ sql }: TestDatabase, { text, values }: Statement): Promise<Plan> {
  const [row] = await sql<{ 'QUERY PLAN': { Plan: Node }[] }>(`EXPLAIN (FORMAT JSON) ${text}`, values)
  const nodes = flatten(row!['QUERY PLAN'][0]!.Plan)
  return {
    scannedWhole: nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']!),
    indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
    // An Incremental Sort reads in the order of an index and only settles ties.
    sorts: nodes.some((node) => node['Node Type'] === 'Sort'),
  }
}

function flatten(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)]
}
