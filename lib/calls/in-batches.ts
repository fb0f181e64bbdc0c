/** More at once would make the first wait for the last. */
const mostAtOnce = 100
/** While so many are on their way, questions wait to go together: each is asked after it came up, never before. */
const mostUnderWay = 2

type Waiting<Question, Answer> = {
  question: Question
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

/** @param ask answers as many questions at once, in their order */
export function inBatches<Question, Answer>(
  ask: (questions: Question[]) => Promise<Answer[]>,
): (question: Question) => Promise<Answer> {
  const waiting: Waiting<Question, Answer>[] = []
  let underWay = 0
  let scheduled = false

  async function next(): Promise<void> {
    scheduled = false
    if (waiting.length === 0 || underWay === mostUnderWay) return
    const batch = waiting.splice(0, mostAtOnce)
    underWay += 1
    try {
      const answers = await ask(batch.map(({ question }) => question))
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index]!)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    } finally {
      underWay -= 1
      schedule()
    }
  }

  function schedule(): void {
    if (scheduled) return
    scheduled = true
    queueMicrotask(() => void next())
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      schedule()
    })
}
