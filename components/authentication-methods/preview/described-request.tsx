import { TriangleAlert } from 'lucide-react'
import type { RequestDescription } from '@/lib/domain/preview/describe-requests'

/** One request as it is sent: its first line, headers and body, followed by the decoded JWTs in it. */
export function DescribedRequest({ number, description }: { number: number; description: RequestDescription }) {
  const { title, byBrowser, note, request } = description
  return (
    <li className="grid min-w-0 gap-1.5">
      <p className="font-medium">
        <span className="tabular mr-1.5 text-muted">{number}</span>
        {title}
        {byBrowser && <span className="ml-1.5 font-normal text-muted">in the browser</span>}
      </p>
      {note !== '' && <p className="text-xs text-muted">{note}</p>}
      {request.ok ? (
        <>
          <pre
            tabIndex={0}
            aria-label={`Request of ${title}`}
            className="rounded-md bg-subtle p-2 font-mono text-xs break-all whitespace-pre-wrap"
          >
            {linesOf(request.value).join('\n')}
          </pre>
          {request.value.jwts.map(({ header, claims }, index) => (
            <div key={index} className="grid gap-1 border-l-2 pl-2">
              <p className="text-xs text-muted">The JWT in this request: header, claims and signature.</p>
              <pre
                tabIndex={0}
                aria-label={`JWT of ${title}`}
                className="font-mono text-xs break-all whitespace-pre-wrap"
              >
                {`${header}\n${claims}\n••••••`}
              </pre>
            </div>
          ))}
        </>
      ) : (
        <p className="flex gap-1.5 text-warn">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 break-words">{request.error.message}</span>
        </p>
      )}
    </li>
  )
}

type Request = Extract<RequestDescription['request'], { ok: true }>['value']

function linesOf({ method, url, headers, body }: Request): string[] {
  const head = [`${method} ${url}`, ...headers.map(([name, value]) => `${name}: ${value}`)]
  return body === '' ? head : [...head, '', body]
}
