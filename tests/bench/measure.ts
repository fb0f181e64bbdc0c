import { deepStrictEqual } from 'node:assert'

/** What the app does, and the minimum that gives the same result. Both return what they read, which must be equal. */
export type Comparison = {
  name: string
  app: () => unknown
  bare: () => unknown
  runs: number
  /** Calls per run, for work that takes microseconds. */
  calls?: number
  /** The app's limit. */
  mostMs?: number
}

export type Measured = { name: string; appMs: number; bareMs: number; runs: number; mostMs: number }

const warmUps = 3

/**
 * The median of several runs of each, in turns. Other work of the machine affects both equally, so the ratio is
 * reliable even if the times are not.
 */
export async function measure({ name, app, bare, runs, calls = 1, mostMs = Infinity }: Comparison): Promise<Measured> {
  for (let run = 0; run < warmUps; run += 1)
    deepStrictEqual(await app(), await bare(), `${name}: both sides answer the same`)
  const times: Record<'app' | 'bare', number[]> = { app: [], bare: [] }
  for (let run = 0; run < runs; run += 1) {
    times.app.push(await timed(app, calls))
    times.bare.push(await timed(bare, calls))
  }
  return { name, appMs: median(times.app), bareMs: median(times.bare), runs, mostMs }
}

async function timed(work: () => unknown, calls: number): Promise<number> {
  const startedAt = performance.now()
  for (let call = 0; call < calls; call += 1) {
    const answer = work()
    if (answer instanceof Promise) await answer
  }
  return (performance.now() - startedAt) / calls
}

export function median(times: number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)]!
}

export function printTable(title: string, rows: Measured[]): void {
  const cells = rows.map(({ name, appMs, bareMs, runs }) => [
    name,
    shown(appMs),
    shown(bareMs),
    `${(appMs / bareMs).toFixed(1)} ×`,
    String(runs),
  ])
  printLines([[title, 'Patchbay', 'bare', 'ratio', 'runs'], ...cells])
}

export function printLines(lines: string[][]): void {
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  const text = (line: string[]) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
  const [head, ...body] = lines.map(text)
  console.log(['', head, '─'.repeat(head!.length), ...body].join('\n'))
}

export function shown(milliseconds: number): string {
  return milliseconds < 0.1 ? `${(milliseconds * 1_000).toFixed(1)} µs` : `${milliseconds.toFixed(1)} ms`
}
