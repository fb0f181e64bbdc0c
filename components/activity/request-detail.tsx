import { RequestBody } from '@/components/activity/request-body'
import { RequestCurl } from '@/components/activity/request-curl'
import { RequestFacts } from '@/components/activity/request-facts'
import { Alert } from '@/components/ui/alert'
import { CodeBlock } from '@/components/ui/code-block'
import { Section } from '@/components/ui/section'
import { statusInWords } from '@/lib/domain/http-status-words'
import { readableBody } from '@/lib/domain/preview/readable-body'
import { failureSentence } from '@/lib/domain/request-failure'
import { type RequestBodies, type RequestDetail as Detail } from '@/lib/request-log/views'

const lines = (headers: [string, string][]) => headers.map(([name, value]) => `${name}: ${value}`).join('\n')

type RequestDetailProps = { request: Detail; bodies: RequestBodies | null; bodiesRefusal: string | null }

/** One line of the request log with headers and bodies; secrets were removed before it was written. */
export function RequestDetail({ request, bodies, bodiesRefusal }: RequestDetailProps) {
  const { httpMethod, url, status, requestHeaders, responseHeaders } = request
  const failure = failureSentence(request)
  return (
    <div className="grid gap-8">
      {failure !== null && (
        <Alert tone="bad" title="What went wrong">
          {failure}
        </Alert>
      )}
      <RequestFacts request={request} />
      <Section title="Request">
        <CodeBlock label="Request headers" code={`${httpMethod} ${url}\n${lines(requestHeaders)}`} wrap />
        {bodies?.requestBody && <Body label="Request body" text={bodies.requestBody} />}
      </Section>
      <RequestCurl request={request} bodies={bodies} />
      <Section title="Response">
        {status === null ? (
          <p className="text-muted">No response.</p>
        ) : (
          <CodeBlock label="Response headers" code={`${statusInWords(status)}\n${lines(responseHeaders)}`} wrap />
        )}
        {bodies?.responseBody && <Body label="Response body" text={bodies.responseBody} />}
        {bodies?.truncated && <p className="text-sm text-muted">Only the first 64 KiB of each body is stored.</p>}
        {bodies && !bodies.kept && (
          <p className="text-sm text-muted">
            The bodies have been deleted. They are stored for a shorter time than the rest of the request.
          </p>
        )}
        {bodiesRefusal && <Alert tone="warn">{bodiesRefusal}</Alert>}
      </Section>
    </div>
  )
}

function Body({ label, text }: { label: string; text: string }) {
  return <RequestBody label={label} raw={text} readable={readableBody(text)} />
}
