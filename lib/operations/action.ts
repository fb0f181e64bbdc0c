import 'server-only'
import type { Route } from 'next'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import type { Refusal, Result } from '@/lib/domain/result'
import { readForm } from '@/lib/platform/forms/form-data'
import { doneForm, refusedForm, type FormAction, type FormState } from '@/lib/platform/forms/form-state'
import { actAsPerson } from '@/lib/platform/session/act-as-person'
import { personField, type SignedOut } from '@/lib/platform/session/signed-out'
import type { Operation } from './operation'
import { runForPage } from './run-for-page'

/**
 * Makes server actions from operations, one line each. `actAsPerson` responds to people who are signed out; the operation
 * decides everything else.
 */

/** When to read the page's data again. */
type Refreshes = 'never' | 'on_success' | 'always'

/** An action that takes an object and returns the result of the operation. */
export function actionOf<Input extends z.ZodType, Output extends z.ZodType, Failure extends Refusal>(
  operation: Operation<Input, Output, Failure>,
  { refreshes = 'never', redirectTo }: { refreshes?: Refreshes; redirectTo?: (value: z.output<Output>) => string } = {},
): (input: z.input<Input>, pageFor?: string) => Promise<Result<z.output<Output>, Failure> | SignedOut> {
  return async (input, pageFor) =>
    actAsPerson(pageFor, async (actor) => {
      const result = await runForPage(operation, actor, input)
      if (redirectTo && result.ok) leaveFor(redirectTo(result.value))
      if (refreshes === 'always' || (refreshes === 'on_success' && result.ok)) refresh()
      return result
    })
}

type Ending<Value> =
  /** The page after success. */
  | { redirectTo: (value: Value) => string }
  /** The message after success, on the same page, which is read again. */
  | { done: string | ((value: Value) => string) }

/** An action that takes an object, such as a draft edited over several tabs, and returns the state of a form. */
export function draftActionOf<Input extends z.ZodType, Output extends z.ZodType>(
  operation: Operation<Input, Output>,
  ending: Ending<z.output<Output>>,
): (input: z.input<Input>, pageFor?: string) => Promise<FormState | SignedOut> {
  return async (input, pageFor) =>
    actAsPerson(pageFor, async (actor) => finish(await runForPage(operation, actor, input), ending, {}))
}

type FormOptions<Value> = Ending<Value> & {
  /**
   * Reads the operation's input from the form's fields. `values` are echoed if it refuses, so they contain no secret.
   */
  read?: (data: FormData) => Promise<{ input: unknown; values: Record<string, string> }>
}

const readFields = async (data: FormData) => {
  const values = readForm(data)
  return { input: values, values }
}

/** The action of a form. */
export function formActionOf<Input extends z.ZodType, Output extends z.ZodType>(
  operation: Operation<Input, Output>,
  { read = readFields, ...ending }: FormOptions<z.output<Output>>,
): FormAction {
  return async (_previous, data) =>
    actAsPerson(data instanceof FormData ? data.get(personField) : null, async (actor) => {
      const { input, values } = await read(data)
      return finish(await runForPage(operation, actor, input as z.input<Input>), ending, values)
    })
}

function finish<Value>(result: Result<Value>, ending: Ending<Value>, values: Record<string, string>): FormState {
  if (!result.ok) return refusedForm(result.error, values)
  if ('redirectTo' in ending) leaveFor(ending.redirectTo(result.value))
  refresh()
  return doneForm(typeof ending.done === 'string' ? ending.done : ending.done(result.value))
}

/** The layouts that both pages share are read again too: their counts and headings follow what was done. */
function leaveFor(path: string): never {
  refresh()
  redirect(path as Route)
}
