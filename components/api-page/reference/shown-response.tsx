import { CodeBlock } from '@/components/ui/code-block'
import { KeyValueList } from '@/components/ui/key-value-list'
import { StatusBadge } from '@/components/ui/status-badge'
import type { TriedResponse } from './send'

/** The response to what was tried. */
export function ShownResponse({ response, of }: { response: TriedResponse; of: string }) {
  const { status, isSuccess, milliseconds, headers, body } = response
  return (
    <div className="grid gap-3">
      <p role="status" className="flex flex-wrap items-center gap-2">
        <StatusBadge tone={isSuccess ? 'ok' : 'bad'}>{status}</StatusBadge>
        <span className="tabular text-muted">{milliseconds.toLocaleString('en-GB')} ms</span>
      </p>
      {body !== '' && <CodeBlock label={`Response body of ${of}`} code={body} />}
      <details>
        <summary className="inline-flex min-h-6 cursor-pointer items-center text-muted hover:text-foreground">
          Response headers
        </summary>
        <div className="mt-2">
          <KeyValueList items={headers.map(({ name, value }) => ({ label: name, value: <code>{value}</code> }))} />
        </div>
      </details>
    </div>
  )
}
