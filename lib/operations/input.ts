import { z } from 'zod'
import { firstYear, isMoment, lastYear } from '@/lib/domain/time-range'
import { notFound, unreadableInput, type Noun } from '@/lib/domain/refusals'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import { issueSentence } from './issue-sentence'

const uuid = z.uuid()

/** Whether a text has the form of an ID. */
export function isId(text: string): boolean {
  return uuid.safeParse(text).success
}

/** The ID of an object in the workspace. Text that is not an ID is refused as “not found”, like an unknown ID. */
export function idOf(noun: Noun) {
  return z
    .string()
    .refine(isId, { params: { notFound: noun } })
    .meta({ format: 'uuid' })
}

const unknownId = '00000000-0000-0000-0000-000000000000'

/**
 * An ID to search by. Text that is not an ID finds nothing, like an unknown ID, and never reaches the database.
 */
export const idToFind = z
  .string()
  .meta({ format: 'uuid' })
  .transform((text) => (isId(text) ? text : unknownId))

/** The largest `integer` of Postgres. */
const largestRevision = 2 ** 31 - 1

/** The revision that a change is based on (rule R12). */
export const revisionField = z.int().min(1).max(largestRevision)

/** For operations without input. */
export const noInput = z.strictObject({})

/** An end of a range of time, UTC: a moment that the database knows. */
export const momentField = z.iso.datetime().refine(isMoment, `Use a year from ${firstYear} to ${lastYear}.`)

type Issue = z.core.$ZodIssue

/** Who made the input, and reads why it is refused. */
type Reader = 'person' | 'program'

/**
 * Reads the input of an entry point. The refusal has the field and message of the first problem, and all problems in
 * `fields`. Where the schema has no message, a person reads one standard sentence, because our forms do not send such
 * input; a program reads what is wrong.
 */
export function readInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  reader: Reader = 'person',
): Result<z.output<Schema>> {
  const parsed = schema.safeParse(input, { error: reader === 'program' ? issueSentence : () => unreadableInput })
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
