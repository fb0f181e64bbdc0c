'use client'

import { Button } from '@/components/ui/button'
import type { ExchangeReport } from '@/lib/calls/exchange-report'
import type { EndReason } from '@/lib/domain/pagination/end-reasons'

type TryPagesProps = {
  page: NonNullable<ExchangeReport['page']>
  sending: boolean
  /** Sends the request of the next page. */
  onSendNext: (next: Extract<NonNullable<ExchangeReport['page']>['next'], { kind: 'page' }>) => void
}

/** Which page the response is, and what comes after it. */
export function TryPages({ page: { number, next }, sending, onSendNext }: TryPagesProps) {
  return (
    <section aria-label="Pages" className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border p-3">
      <p className="min-w-0 grow text-sm break-words">
        <span className="font-medium">Page {number}.</span>{' '}
        {next.kind === 'end' ? ends[next.reason] : <NextValue value={next.position.value} />}
      </p>
      {next.kind === 'page' && (
        <Button size="sm" pending={sending} onClick={() => onSendNext(next)}>
          Send page {next.position.number}
        </Button>
      )}
    </section>
  )
}

function NextValue({ value }: { value: string | null }) {
  return (
    <span className="text-muted">
      The next request asks for <code className="break-all">{value}</code>.
    </span>
  )
}

const ends: Record<EndReason, string> = {
  one_response: 'This endpoint has no further pages.',
  no_records: 'It has no records, so the reading ends here.',
  not_countable: 'Its records were not found, so the next offset is unknown. Set the data path on the Response tab.',
  no_more: 'The response says that there are no more pages.',
  no_next_page: 'The response names no next page, so the reading ends here.',
  same_page: 'It is the same as an earlier page, so the reading ends here. Check the parameter on the Pagination tab.',
  seen_before: 'The response names a page that was already read, so the reading ends here.',
  page_limit: 'The page limit is reached.',
  secret: 'What leads to the next page contains a secret of this instance, so it cannot be used.',
}
