import { Client } from 'pg'

export type Statement = { text: string; values: unknown[] }

/** What the app's code sends to Postgres while the work runs, as the driver gets it: Prisma's SQL and raw SQL alike. */
export async function recordStatements(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = []
  const prototype = Client.prototype as unknown as { query: (...input: unknown[]) => unknown }
  const query = prototype.query
  prototype.query = function (this: unknown, ...input: unknown[]) {
    const [first, values] = input
    const { text, values: own } =
      typeof first === 'string' ? { text: first, values: undefined } : (first as Partial<Statement>)
    statements.push({ text: text ?? '', values: own ?? (Array.isArray(values) ? values : []) })
    return query.apply(this, input)
  }
  try {
    await work()
  } finally {
    prototype.query = query
  }
  return statements
}
