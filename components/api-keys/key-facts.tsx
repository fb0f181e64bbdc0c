import Link from 'next/link'
import { limitsInWords, roleNote } from '@/components/api-keys/key-words'
import { KeyValueList } from '@/components/ui/key-value-list'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ApiKeySummary } from '@/lib/api-keys/views'
import { roleLabels } from '@/lib/domain/access/roles'

const link = 'inline-block rounded-sm leading-6 underline underline-offset-2'

/** Whose key it is, what it may do, when and from where it was used, and where to see what it did. */
export function KeyFacts({ apiKey }: { apiKey: ApiKeySummary }) {
  const { id, prefix, state, role, owner, lastUsedAt, lastUsedAddress, createdAt, expiresAt, revokedAt } = apiKey
  const note = state === 'revoked' ? null : roleNote(apiKey)
  return (
    <KeyValueList
      items={[
        { label: 'Begins with', value: <code>{prefix}</code> },
        { label: 'Owner', value: owner?.name ?? 'Nobody' },
        {
          label: 'Role',
          value: (
            <>
              {roleLabels[role]}
              {note && <span className="text-muted"> · {note}</span>}
            </>
          ),
        },
        { label: 'Limits', value: limitsInWords(apiKey) ?? 'None' },
        {
          label: 'Last used',
          value:
            lastUsedAt === null ? (
              'Never'
            ) : (
              <>
                <RelativeTime at={lastUsedAt} />
                {lastUsedAddress && ` from ${lastUsedAddress}`}
              </>
            ),
        },
        { label: 'Created', value: <RelativeTime at={createdAt} /> },
        { label: 'Expires', value: expiresAt === null ? 'Never' : <RelativeTime at={expiresAt} /> },
        { label: 'Revoked', value: revokedAt && <RelativeTime at={revokedAt} /> },
        {
          label: 'Activity',
          value: (
            <span className="flex flex-wrap gap-x-4">
              <Link href={`/activity?person=key:${id}`} className={link}>
                Requests of this key
              </Link>
              <Link href={`/activity/changes?person=key:${id}`} className={link}>
                Changes made with it
              </Link>
              <Link href={`/activity/changes?of=${id}`} className={link}>
                History of the key
              </Link>
            </span>
          ),
        },
      ]}
    />
  )
}
