import Link from 'next/link'
import { RequestOutcomeBadge } from '@/components/activity/request-outcome-badge'
import { Alert } from '@/components/ui/alert'
import { CodeBlock } from '@/components/ui/code-block'
import { KeyValueList } from '@/components/ui/key-value-list'
import { RelativeTime } from '@/components/ui/relative-time'
import { Section } from '@/components/ui/section'
import { statusInWords } from '@/lib/domain/http-status-words'
import { failureSentence } from '@/lib/domain/request-failure'
import { type RequestBodies, type RequestDetail as Detail } from '@/lib/request-log/views'
import { requestPurposes } from '@/lib/request-log/words'

const lines = (headers: [string, string][]) => headers.map(([name, value]) => `${name}: ${value}`).join('\n')

/** One line of the request log with headers and bodies; secrets were removed before they were written. */
export function RequestDetail({
  request,
  bodies,
  bodiesRefusal,
}: {
  request: Detail
  bodies: RequestBodies | null
  bodiesRefusal: string | null
}) {
  const failure = failureSentence(request)
  return (
    <div className="grid gap-8">
      {failure !== null && (
        <Alert tone="bad" title="What went wrong">
          {failure}
        </Alert>
      )}
      <KeyValueList
        items={[
          { label: 'Outcome', value: <RequestOutcomeBadge outcome={request.outcome} status={request.status} /> },
          { label: 'Purpose', value: requestPurposes[request.purpose] },
          { label: 'When', value: <RelativeTime at={request.at} /> },
          { label: 'By', value: request.person ?? 'Patchbay itself' },
          { label: 'Duration', value: `${request.durationMs} ms` },
          {
            label: 'Instance',
            value: request.instanceId && (
              <Link href={`/instances/${request.instanceId}`} className="underline underline-offset-2">
                {request.subject}
              </Link>
            ),
          },
          { label: 'Trace ID', value: <code>{request.correlationId}</code> },
        ]}
      />
      <Section title="Request">
        <CodeBlock
          label="Request"
          code={`${request.httpMethod} ${request.url}\n${lines(request.requestHeaders)}`}
          wrap
        />
        {bodies?.requestBody && <CodeBlock label="Request body" code={bodies.requestBody} wrap />}
      </Section>
      <Section title="Response">
        {request.status === null ? (
          <p className="text-muted">No response.</p>
        ) : (
          <CodeBlock
            label="Response"
            code={`${statusInWords(request.status)}\n${lines(request.responseHeaders)}`}
            wrap
          />
        )}
        {bodies?.responseBody && <CodeBlock label="Response body" code={bodies.responseBody} wrap />}
        {bodies?.truncated && <p className="text-sm text-muted">Only the first 64 KiB of each body are stored.</p>}
        {bodies && !bodies.kept && (
          <p className="text-sm text-muted">
            The bodies are no longer stored: they are deleted before the rest of the request.
          </p>
        )}
        {bodiesRefusal && <Alert tone="warn">{bodiesRefusal}</Alert>}
      </Section>
    </div>
  )
}
