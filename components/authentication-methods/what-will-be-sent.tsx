import { describeRequests } from '@/lib/domain/authentication/describe-requests'
import type { ConnectorDefinition, MethodDefinition } from '@/lib/domain/definitions'

type WhatWillBeSentProps = { method: MethodDefinition; connector: ConnectorDefinition; redirectUri: string }

/** The requests the method will make, in their order, with defaults filled in and secrets masked: to hold against the vendor's documentation. */
export function WhatWillBeSent({ method, connector, redirectUri }: WhatWillBeSentProps) {
  const described = describeRequests({ connector, method, redirectUri })
  return (
    <aside aria-label="What will be sent" className="grid gap-3 rounded-lg border p-4 text-sm xl:sticky xl:top-4">
      <h2 className="font-semibold">What will be sent</h2>
      {described.length === 0 && <p className="text-muted">Fill in the URLs to see the requests.</p>}
      <ol className="grid gap-4">
        {described.map(({ title, request }, index) => (
          <li key={`${index}-${title}`} className="grid gap-1">
            {request.ok ? (
              <>
                <p className="font-medium">
                  <span className="tabular mr-1.5 text-muted">{index + 1}</span>
                  {title}
                </p>
                <pre className="overflow-x-auto rounded-md bg-subtle p-2 text-xs break-all whitespace-pre-wrap">
                  {[`${request.value.method} ${request.value.url}`, ...request.value.headers.map(([name, value]) => `${name}: ${value}`), request.value.body]
                    .filter((line) => line !== '')
                    .join('\n')}
                </pre>
              </>
            ) : (
              <>
                <p className="font-medium">
                  <span className="tabular mr-1.5 text-muted">{index + 1}</span>
                  {title}
                </p>
                <p className="text-muted">{request.error.message}</p>
              </>
            )}
          </li>
        ))}
      </ol>
    </aside>
  )
}
