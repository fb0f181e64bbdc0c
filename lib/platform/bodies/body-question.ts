/**
 * Something to find out about the body of a third party: a pure function of plain data, so that a thread can answer it
 * as well as the process that asks. Its file imports nothing that needs the server; `lib/worker/body-questions.ts` names
 * all of them.
 */
export type BodyQuestion<Input, Output> = { name: string; answer: (input: Input) => Output }

export function bodyQuestion<Input, Output>(
  name: string,
  answer: (input: Input) => Output,
): BodyQuestion<Input, Output> {
  return { name, answer }
}
