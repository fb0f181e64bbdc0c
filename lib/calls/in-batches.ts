/** A larger batch would make the first question wait for the last one. */
const mostAtOnce = 100
/** A question is asked immediately if no batch is running, or if the running one takes longer than this. */
const patienceMs = 10
const mostUnderWay = 4

type Waiting<Question, Answer> = {
  question: Question
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

/**
 * Questions that arrive while a batch is running are asked together in the next one. A question never joins a batch
 * that has already started.
 * @param ask answers several questions, in their order
 */
export function inBatches<Question, Answer>(
  ask: (questions: Question[]) => Promise<Answer[]>,
): (question: Question) => Promise<Answer> {
  const waiting: Waiting<Question, Answer>[] = []
  let underWay = 0
  let askedAt = 0

  async function askNext(): Promise<void> {
    const batch = waiting.splice(0, mostAtOnce)
    underWay += 1
    askedAt = performance.now()
    try {
      const answers = await ask(batch.map(({ question }) => question))
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index]!)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    } finally {
      underWay -= 1
      if (waiting.length > 0) void askNext()
    }
  }

  return (question) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    waiting.push({ question, resolve, reject })
    const isSlow = underWay < mostUnderWay && performance.now() - askedAt > patienceMs
    if (underWay === 0 || isSlow) void askNext()
    return promise
  }
}
