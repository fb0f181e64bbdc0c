import { ChangeDetails } from '@/components/activity/change-details'
import { changedObject } from '@/components/instances/timeline/changed-object'
import { RelativeTime } from '@/components/ui/relative-time'
import type { SinceLastSuccess as Since } from '@/lib/activity/timeline/views'

/** “What changed since the last success?”, shown at the top of the timeline of a failing instance. */
export function SinceLastSuccess({ since, connectorName }: { since: Since; connectorName: string }) {
  const { succeededAt, failedAt, changes, more } = since
  return (
    <section aria-labelledby="since-last-success" className="grid gap-2 rounded-lg bg-subtle px-3.5 py-3">
      <h2 id="since-last-success" className="font-medium">
        What changed since the last success?
      </h2>
      <p className="text-muted">
        Last success <RelativeTime at={succeededAt} />, first failure <RelativeTime at={failedAt} />.
      </p>
      {changes.length === 0 ? (
        <p>
          Nothing was changed in Patchbay in between. The cause is probably at {connectorName}: an expired or revoked
          credential, or a change to its API.
        </p>
      ) : (
        <ul className="grid gap-2">
          {changes.map((change) => (
            <li key={change.id} className="min-w-0 break-words">
              <p>
                {change.what} {changedObject(change)} · {change.person} · <RelativeTime at={change.at} />
              </p>
              <div className="text-muted">
                <ChangeDetails changes={change.changes} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {more && <p className="text-muted">There were more changes: see below.</p>}
    </section>
  )
}
