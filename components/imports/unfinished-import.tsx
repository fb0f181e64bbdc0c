import { CancelImport } from '@/components/imports/cancel-import'
import { ImportProgress } from '@/components/imports/import-progress'
import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import type { ImportView } from '@/lib/imports/import-views'

/** An import that is being read or written, has failed, or was cancelled. */
export function UnfinishedImport({ view, isUnderWay }: { view: ImportView; isUnderWay: boolean }) {
  const { id, state, done, total, failure, updatedConnector } = view
  if (isUnderWay)
    return (
      <div className="grid justify-items-start gap-4">
        <ImportProgress key={state} importId={id} progress={{ state, done, total }} />
        {state !== 'importing' && <CancelImport importId={id} />}
      </div>
    )
  const another = (
    <ButtonLink
      href={updatedConnector ? `/connectors/import?updates=${updatedConnector.id}` : '/connectors/import'}
      variant="primary"
    >
      Import another document
    </ButtonLink>
  )
  if (state === 'failed')
    return (
      <Alert
        tone="bad"
        title="This document was not read"
        actions={
          <>
            <CancelImport importId={id} hasFailed />
            {another}
          </>
        }
      >
        {failure}
      </Alert>
    )
  if (state === 'compared')
    return (
      <Alert title="A program is applying this document" actions={<CancelImport importId={id} />}>
        {failure || 'It has compared the document with the connector. Nothing was changed yet.'}
      </Alert>
    )
  return <Alert title="This import was cancelled" actions={another} />
}
