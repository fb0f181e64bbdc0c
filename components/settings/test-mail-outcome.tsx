import { Alert } from '@/components/ui/alert'
import { CodeBlock } from '@/components/ui/code-block'
import { mailExamples } from '@/lib/platform/mail/mail-variables'
import type { TestMailResult } from '@/lib/settings/mail-views'

/** Whether a test mail was sent, or why not and what to do. */
export function TestMailOutcome({ result }: { result: TestMailResult }) {
  switch (result.outcome) {
    case 'sent':
      return (
        <Alert tone="ok" title={`Sent to ${result.recipient}`}>
          <p>The mail server has accepted it. If it does not arrive, look in the spam folder first.</p>
          <ServerWords words={result.response} />
        </Alert>
      )
    case 'refused':
      return (
        <Alert tone="bad" title="The mail was not sent">
          <p>{result.reason}</p>
          <ServerWords words={result.response} />
        </Alert>
      )
    case 'not_configured':
      return (
        <Alert tone="warn" title="Mail is not set up">
          <p className="mb-2">
            Set {result.missing.join(' and ')} in the environment of the server or in its file .env, and restart
            Patchbay. For example:
          </p>
          <CodeBlock
            label="Example"
            wrap
            code={result.missing.map((name) => `${name}=${mailExamples[name]}`).join('\n')}
          />
        </Alert>
      )
  }
}

function ServerWords({ words }: { words: string | null }) {
  if (!words) return null
  return (
    <p>
      The server said: <q className="font-mono break-words">{words}</q>
    </p>
  )
}
