/**
 * A question about the body of a response: a pure function of plain data, so that it can run in a thread as well as in
 * the main process. Its file imports nothing that needs the server; `lib/worker/body-questions.ts` lists all of them.
 */
export type BodyQuestion<Input, Output> = { name: string; answer: (input: Input) => Output }

export function bodyQuestion<Input, Output>(
  name: string,
  answer: (input: Input) => Output,
): BodyQuestion<Input, Output> {
  return { name, answer }
}
