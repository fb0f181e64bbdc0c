import Link from 'next/link'
import { importReportOf } from '@/components/connectors/sections'
import { UpdateFromPreset } from '@/components/imports/update-from-preset'
import { counted } from '@/lib/domain/counted'
import type { ConnectorImport } from '@/lib/imports/import-views'

type ConnectorDocumentProps = { connectorId: string; imported: ConnectorImport | null; canChange: boolean }

const link = 'text-accent-text hover:underline'

/** The document that a connector was imported from, and how it gets what a newer one says. */
export function ConnectorDocument({ connectorId, imported, canChange }: ConnectorDocumentProps) {
  const hasReport = imported !== null && imported.lines > 0
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {imported && <span>{imported.format}</span>}
      {hasReport && (
        <Link href={importReportOf(connectorId)} className={link}>
          Import report: {counted(imported.lines, 'line')}
        </Link>
      )}
      {canChange && imported?.hasUpdate && <UpdateFromPreset connectorId={connectorId} />}
      {canChange && (
        <Link href={`/connectors/import?updates=${connectorId}`} className={link}>
          Update from a document
        </Link>
      )}
    </span>
  )
}
