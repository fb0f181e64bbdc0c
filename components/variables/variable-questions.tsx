/** What the server asks before a change is made, one paragraph per question. */
export function VariableQuestions({ questions }: { questions: string[] }) {
  return (
    <div className="grid gap-2">
      {questions.map((question) => (
        <p key={question} className="break-words">
          {question}
        </p>
      ))}
    </div>
  )
}
