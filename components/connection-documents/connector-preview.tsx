import { ReportLines } from '@/components/connection-documents/report-lines'
import { Badge } from '@/components/ui/badge'
import { KeyValueList } from '@/components/ui/key-value-list'
import { counted } from '@/lib/domain/counted'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import type { ConnectorPreview as Preview } from '@/lib/imports/import-views'

/** What a document would add: its methods, the endpoints that accept each (rule R2), and what was not understood. */
export function ConnectorPreview({ preview }: { preview: Preview }) {
  const { format, name, versionLabel, baseUrl, methods, entityTypes, endpoints, report } = preview
  const more = endpoints.total - endpoints.first.length
  return (
    <section aria-label="Contents of the document" className="grid gap-5">
      <KeyValueList
        items={[
          { label: 'Format', value: format },
          { label: 'Name', value: `${name} ${versionLabel}`.trim() },
          { label: 'Base URL', value: baseUrl ? <code className="break-all">{baseUrl}</code> : null },
          { label: 'Endpoints', value: counted(endpoints.total, 'endpoint') },
        ]}
      />
      <div className="grid gap-2">
        <h3 className="text-sm font-medium">Authentication methods</h3>
        <ul className="divide-y rounded-lg border">
          {methods.map((method) => (
            <li key={method.name} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 text-sm">
              <span className="min-w-0 grow font-medium break-words">{method.name}</span>
              <span className="text-muted">{authenticationTypes[method.type]}</span>
              <span className="tabular text-muted">accepted by {counted(method.endpoints, 'endpoint')}</span>
            </li>
          ))}
        </ul>
      </div>
      <details>
        <summary className="text-sm font-medium">
          {counted(endpoints.total, 'endpoint')}
          {entityTypes.length > 1 && ` of ${counted(entityTypes.length, 'entity type')}`}
        </summary>
        <ul aria-label="Endpoints" className="mt-2 max-h-80 divide-y overflow-y-auto rounded-lg border" tabIndex={0}>
          {endpoints.first.map((endpoint) => (
            <li key={endpoint.name} className="grid gap-1 px-3 py-1.5 text-sm">
              <span className="font-medium break-words">{endpoint.name}</span>
              <code className="text-xs break-all text-muted">
                {endpoint.httpMethod} {endpoint.url}
              </code>
              <span className="flex flex-wrap gap-1">
                {endpoint.accepts.map((method) => (
                  <Badge key={method}>{method}</Badge>
                ))}
              </span>
            </li>
          ))}
          {more > 0 && <li className="px-3 py-1.5 text-sm text-muted">And {more.toLocaleString('en-GB')} more.</li>}
        </ul>
      </details>
      {report.total > 0 && (
        <details open>
          <summary className="text-sm font-medium">Import report: {counted(report.total, 'line')}</summary>
          <div className="mt-2 grid gap-2">
            <p className="text-sm text-muted">
              What the document says that the connector cannot say, or says in another way. The report stays with the
              connector.
            </p>
            <ReportLines lines={report.lines} />
            {report.total > report.lines.length && (
              <p className="text-sm text-muted">
                The first {counted(report.lines.length, 'line')}. All of them are shown after the import.
              </p>
            )}
          </div>
        </details>
      )}
    </section>
  )
}
