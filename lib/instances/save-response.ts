import 'server-only'
import { refresh } from 'next/cache'
import type { z } from 'zod'
import type { Refusal } from '@/lib/domain/result'
import type { Operation } from '@/lib/operations/operation'
import { runForPage } from '@/lib/operations/run-for-page'
import { refusedForm } from '@/lib/platform/forms/form-state'
import { actAsPerson } from '@/lib/platform/session/act-as-person'
import type { SignedOut } from '@/lib/platform/session/signed-out'
import type { saveOutcome, SaveResponse, TestResponse, verificationView } from './outcomes'

/**
 * Turns an operation's result into the response for the forms of an instance: a refusal with its fields, and whether
 * secrets have to be typed again.
 */

type Refused = Extract<SaveResponse, { kind: 'refused' }>

export function saveResponseOf<Input extends z.ZodType>(
  operation: Operation<Input, typeof saveOutcome>,
  { refreshes = false }: { refreshes?: boolean } = {},
): (input: z.input<Input>, pageFor?: string) => Promise<SaveResponse | SignedOut> {
  return async (input, pageFor) =>
    actAsPerson(pageFor, async (actor) => {
      const result = await runForPage(operation, actor, input)
      if (!result.ok) return refused(result.error)
      if (refreshes && result.value.kind === 'saved') refresh()
      return result.value
    })
}

export function testResponseOf<Input extends z.ZodType>(
  operation: Operation<Input, typeof verificationView>,
): (input: z.input<Input>, pageFor?: string) => Promise<TestResponse | SignedOut> {
  return async (input, pageFor) =>
    actAsPerson(pageFor, async (actor) => {
      const result = await runForPage(operation, actor, input)
      return result.ok ? { kind: 'tested', report: result.value } : refused(result.error)
    })
}

/** In the form, the fields of the details have no prefix. */
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
