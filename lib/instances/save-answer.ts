import 'server-only'
import { refresh } from 'next/cache'
import type { z } from 'zod'
import type { Refusal } from '@/lib/domain/result'
import type { Operation } from '@/lib/operations/operation'
import { runForPage } from '@/lib/operations/run-for-page'
import { refusedForm } from '@/lib/platform/forms/form-state'
import { actAsPerson } from '@/lib/platform/session/act-as-person'
import type { SignedOut } from '@/lib/platform/session/signed-out'
import type { saveOutcome, SaveAnswer, TestAnswer, verificationView } from './outcomes'

/**
 * What the forms of an instance get of an operation's result: a refusal beside its fields, and whether secrets have to
 * be typed again.
 */

type Refused = Extract<SaveAnswer, { kind: 'refused' }>

export function saveAnswerOf<Input extends z.ZodType>(
  operation: Operation<Input, typeof saveOutcome>,
  { refreshes = false }: { refreshes?: boolean } = {},
): (input: z.input<Input>, pageFor?: string) => Promise<SaveAnswer | SignedOut> {
  return async (input, pageFor) =>
    actAsPerson(pageFor, async (actor) => {
      const result = await runForPage(operation, actor, input)
      if (!result.ok) return refused(result.error)
      if (refreshes && result.value.kind === 'saved') refresh()
      return result.value
    })
}

export function testAnswerOf<Input extends z.ZodType>(
  operation: Operation<Input, typeof verificationView>,
): (input: z.input<Input>, pageFor?: string) => Promise<TestAnswer | SignedOut> {
  return async (input, pageFor) =>
    actAsPerson(pageFor, async (actor) => {
      const result = await runForPage(operation, actor, input)
      return result.ok ? { kind: 'tested', report: result.value } : refused(result.error)
    })
}

/** The form calls the details by their own names. */
function refused({ code, field, fields, message, changedBy }: Refusal): Refused {
  const own = (name: string) => name.replace(/^details\./, '')
  const form = refusedForm({
    code,
    message,
    ...(changedBy && { changedBy }),
    ...(field !== undefined && { field: own(field) }),
    ...(fields && { fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [own(name), text])) }),
  })
  return { kind: 'refused', form, retypeSecrets: code === 'secret_needed_for_new_host' ? message : null }
}
