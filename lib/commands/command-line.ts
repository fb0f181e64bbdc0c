import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import type { Result } from '@/lib/domain/result'
import { PlainError } from '@/lib/platform/server/plain-error'

export type Flags = Record<string, string | undefined>

/** `list --workspace Acme` → the verb and its flags. Anything unknown is an error that shows the usage. */
export function readCommandLine(usage: string, names: readonly string[]): { verb: string; flags: Flags } {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
    const { positionals, values } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true })
    if (positionals.length !== 1) throw new Error('Name one action.')
    return { verb: positionals[0]!, flags: values as Flags }
  } catch (error) {
    throw new PlainError(`${(error as Error).message}\n\n${usage}`)
  }
}

/**
 * `backup.gz --force` → the file and the switches that are set. The file is relative to the folder where npm was called
 * (npm itself runs scripts in the checkout).
 */
export function readFileCommandLine(usage: string, switches: readonly string[]): { file: string; on: Set<string> } {
  try {
    const options = Object.fromEntries(switches.map((name) => [name, { type: 'boolean' as const }]))
    const { positionals, values } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true })
    if (positionals.length !== 1) throw new Error('Name one file.')
    const file = resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0]!)
    return { file, on: new Set(switches.filter((name) => values[name] === true)) }
  } catch (error) {
    throw new PlainError(`${(error as Error).message}\n\n${usage}`)
  }
}

export function required(flags: Flags, name: string, usage: string): string {
  const value = flags[name]
  if (value === undefined) throw new PlainError(`--${name} is missing.\n\n${usage}`)
  return value
}

/** Parses the input with the schema; throws its first error. */
export function checked<Schema extends z.ZodType>(schema: Schema, input: unknown, name: string): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new PlainError(`${name}: ${result.error.issues[0]!.message}`)
}

export function orPlainError<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value
  throw new PlainError(result.error.message)
}

/** Prints rows with aligned columns. */
export function printTable(rows: string[][]): void {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, index) => Math.max(widest[index] ?? 0, cell.length)),
    [],
  )
  for (const row of rows)
    console.log(
      row
        .map((cell, index) => cell.padEnd(widths[index]!))
        .join('  ')
        .trimEnd(),
    )
}
