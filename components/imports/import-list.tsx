import Link from 'next/link'
import { importStateLabel, importStateTones, importTitle } from '@/components/imports/import-states'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusBadge } from '@/components/ui/status-badge'
import type { ListedImport } from '@/lib/imports/import-views'

/** Imports that are not finished, to come back to. */
export function ImportList({ imports }: { imports: readonly ListedImport[] }) {
  return (
    <ul aria-label="Unfinished imports" className="divide-y rounded-lg border bg-surface">
      {imports.map((one) => (
        <li key={one.id} className="relative flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 hover:bg-hover/60">
          <Link
            href={`/connectors/import/${one.id}`}
            className="min-w-0 grow font-medium break-words after:absolute after:inset-0"
          >
            {importTitle(one)}
          </Link>
          {one.format !== '' && <span className="text-sm text-muted">{one.format}</span>}
          <StatusBadge tone={importStateTones[one.state]} quiet>
            {importStateLabel(one)}
          </StatusBadge>
          <RelativeTime at={one.createdAt} className="text-sm text-muted" />
        </li>
      ))}
    </ul>
  )
}
