import Link from 'next/link'
import { UpdateFromPreset } from '@/components/imports/update-from-preset'
import type { ConnectorImport } from '@/lib/imports/import-views'

type UpdateLinksProps = { connectorId: string; imported: ConnectorImport }

/** How a connector gets what a newer version of its document says. */
export function UpdateLinks({ connectorId, imported }: UpdateLinksProps) {
  return (
    <>
      {imported.hasUpdate && (
        <>
          {' · '}
          <UpdateFromPreset connectorId={connectorId} />
        </>
      )}
      {' · '}
      <Link href={`/connectors/import?updates=${connectorId}`} className="text-accent-text hover:underline">
        Update from a document
      </Link>
    </>
  )
}
