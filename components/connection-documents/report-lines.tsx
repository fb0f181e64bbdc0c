import { StatusBadge, type Tone } from '@/components/ui/status-badge'
import { reportKindLabels } from '@/components/connection-documents/report-kinds'
import type { ReportLineView } from '@/lib/imports/import-views'

const tones: Record<ReportLineView['kind'], Tone> = {
  invalid: 'bad',
  not_imported: 'warn',
  limit: 'warn',
  changed: 'info',
  note: 'neutral',
}

/** Lines of an import report: what it is about, where it is in the document, and a sentence. */
export function ReportLines({ lines }: { lines: readonly (ReportLineView & { id?: string })[] }) {
  return (
    <ul aria-label="Import report" className="divide-y rounded-lg border bg-surface">
      {lines.map(({ id, kind, pointer, message }, index) => (
        <li key={id ?? index} className="grid gap-1 px-3 py-2 text-sm">
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StatusBadge tone={tones[kind]} quiet>
              {reportKindLabels[kind]}
            </StatusBadge>
            <code className="min-w-0 text-xs break-all text-muted">{pointer === '' ? 'The document' : pointer}</code>
          </span>
          <span className="break-words">{message}</span>
        </li>
      ))}
    </ul>
  )
}
