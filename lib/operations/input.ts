import { z } from 'zod'
import { notFound, unreadableInput, type Noun } from '@/lib/domain/refusals'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'

const uuid = z.uuid()

function isId(text: string): boolean {
  return uuid.safeParse(text).success
}

/** The id of something in the workspace. A text that can be no id is "not found", like the id of nothing. */
export function idOf(noun: Noun) {
  return z
    .string()
    .refine(isId, { params: { notFound: noun } })
    .meta({ format: 'uuid' })
}

const idOfNothing = '00000000-0000-0000-0000-000000000000'

/**
 * An id that something is looked for by. A text that can be no id finds nothing, like the id of nothing, and never
 * reaches the database.
 */
export const idToFind = z
  .string()
  .meta({ format: 'uuid' })
  .transform((text) => (isId(text) ? text : idOfNothing))

/** The largest `integer` of Postgres. */
const largestRevision = 2 ** 31 - 1

/** The revision that a change began with (rule R12). */
export const revisionField = z.int().min(1).max(largestRevision)

/** An operation that takes nothing. */
export const noInput = z.strictObject({})

type Issue = z.core.$ZodIssue

/**
 * Reads what an entry point was sent. The first thing that is wrong is the refusal's field and message; `fields` has
 * every one. Messages that no schema wrote for people become one standard sentence.
 */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: unknown): Result<z.output<Schema>> {
  const parsed = schema.safeParse(input, { error: () => unreadableInput })
  if (parsed.success) return succeed(parsed.data)
  return unknownThing(parsed.error.issues) ?? { ok: false, error: invalidInput(parsed.error.issues) }
}

function unknownThing(issues: readonly Issue[]): { ok: false; error: Refusal } | null {
  const nouns = issues.map((issue) =>
    issue.code === 'custom' ? (issue.params?.notFound as Noun | undefined) : undefined,
  )
  const noun = nouns.find((found) => found !== undefined)
  return noun === undefined ? null : notFound(noun)
}

function invalidInput(issues: readonly Issue[]): Refusal {
  const fields: Record<string, string> = {}
  for (const { path, message } of issues) fields[path.map(String).join('.')] ??= message
  const [field = '', message = unreadableInput] = Object.entries(fields)[0] ?? []
  return { code: 'invalid_input', message, ...(field !== '' && { field }), fields }
}
