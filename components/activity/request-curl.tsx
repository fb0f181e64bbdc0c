import { CodeBlock } from '@/components/ui/code-block'
import { CopyButton } from '@/components/ui/copy-button'
import { Section } from '@/components/ui/section'
import { curlCommand } from '@/lib/domain/preview/curl-command'
import { isBodyNote } from '@/lib/request-log/body-note'
import type { RequestBodies, RequestDetail } from '@/lib/request-log/views'

type RequestCurlProps = { request: RequestDetail; bodies: RequestBodies | null }

/** The request as a command for a terminal. Its secrets are shell variables, because they cannot be read here. */
export function RequestCurl({ request, bodies }: RequestCurlProps) {
  const body = bodies?.requestBody ?? null
  const lacksBody = request.requestBytes > 0 && (body === null || isBodyNote(body) || bodies?.truncated === true)
  const { command, variables } = curlCommand({
    ...{ method: request.httpMethod, url: request.url, headers: request.requestHeaders },
    body: body === null || isBodyNote(body) ? null : body,
  })
  return (
    <Section title="Send it again" actions={<CopyButton text={command} label="Copy as curl" withText="Copy as curl" />}>
      <details>
        <summary className="inline-flex min-h-6 cursor-pointer items-center text-muted hover:text-foreground">
          Show the curl command
        </summary>
        <div className="mt-2">
          <CodeBlock label="Curl command" code={command} wrap />
        </div>
      </details>
      {variables.length > 0 && (
        <p className="text-muted">
          Secrets are not stored in this log. Set{' '}
          {variables.map((name, index) => (
            <span key={name}>
              {index > 0 && ', '}
              <code className="text-foreground">{name}</code>
            </span>
          ))}{' '}
          in your shell first.
        </p>
      )}
      {lacksBody && <p className="text-muted">The command contains no body, or only the beginning of it.</p>}
    </Section>
  )
}
