import Link from 'next/link'

/** Says that the list contains the requests of only one action, with a link to all requests. */
export function TraceNotice({ traceId }: { traceId: string }) {
  return (
    <p className="break-words text-muted">
      All requests of one action, trace ID <code className="text-foreground">{traceId}</code>.{' '}
      <Link href="/activity" className="rounded-sm text-accent-text underline underline-offset-2">
        Show all requests
      </Link>
    </p>
  )
}
