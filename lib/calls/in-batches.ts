/** More at once would make the first wait for the last. */
const mostAtOnce = 100
/** A question is asked at once where none is on its way, or the one that is takes its time. */
const patienceMs = 10
const mostUnderWay = 4

type Waiting<Question, Answer> = {
  question: Question
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

/**
 * Questions that come up while another is on its way go together in the next: each is asked after it came up, never
 * before.
 * @param ask answers as many questions at once, in their order
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
