import { fieldName } from '@/components/imports/update-words'
import { StatusBadge } from '@/components/ui/status-badge'
import type { ImportItemDetail } from '@/lib/imports/import-views'

type FieldVersionsProps = { field: ImportItemDetail['fields'][number]; takesDocument: boolean }

/** One field: here, in the document before, and in the document now. */
export function FieldVersions({ field: { path, before, here, now, isConflict }, takesDocument }: FieldVersionsProps) {
  const versions = isConflict
    ? [
        { label: 'Here', value: here, wins: !takesDocument },
        { label: 'Document before', value: before, wins: false },
        { label: 'Document now', value: now, wins: takesDocument },
      ]
    : [
        { label: 'Here', value: here, wins: false },
        { label: 'Document now', value: now, wins: true },
      ]
  return (
    <section className="grid gap-1.5">
      <h3 className="flex flex-wrap items-center gap-2 text-sm font-medium break-words">
        {fieldName(path)}
        {isConflict && (
          <StatusBadge tone="warn" quiet>
            Changed in both
          </StatusBadge>
        )}
      </h3>
      <dl className="divide-y rounded-md border text-sm">
        {versions.map(({ label, value, wins }) => (
          <div key={label} className="grid gap-x-3 px-3 py-1.5 sm:grid-cols-[9rem_minmax(0,1fr)]">
            <dt className="text-muted">
              {label}
              {wins && <span className="sr-only">, which is used</span>}
            </dt>
            <dd className={wins ? 'font-medium' : ''}>
              {value === null ? (
                <span className="text-faint">Not set</span>
              ) : (
                <code className="text-xs break-words whitespace-pre-wrap">{value}</code>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
