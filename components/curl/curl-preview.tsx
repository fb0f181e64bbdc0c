import { ReportLines } from '@/components/connection-documents/report-lines'
import { HttpMethodMark } from '@/components/endpoints/http-method-mark'
import { KeyValueList } from '@/components/ui/key-value-list'
import { counted } from '@/lib/domain/counted'
import { authenticationTypes, bodyFormats, parameterLocations } from '@/lib/domain/vocabulary'
import type { CurlReading } from '@/lib/imports/curl-views'

/** What was understood of a curl command: the request, the method, which credentials it has, and what was left out. */
export function CurlPreview({ reading }: { reading: CurlReading }) {
  const { connector, endpoint, method, credentials, report } = reading
  const url = endpoint.url.startsWith('/') ? `${connector.baseUrl}${endpoint.url}` : endpoint.url
  return (
    <section aria-label="What was understood" className="grid gap-4">
      <KeyValueList
        items={[
          {
            label: 'Request',
            value: (
              <span className="flex min-w-0 items-baseline gap-1.5">
                <HttpMethodMark method={endpoint.httpMethod} />
                <code className="text-xs break-all">{url}</code>
              </span>
            ),
          },
          { label: 'Parameters', value: endpoint.parameters.length === 0 ? null : <Parameters {...endpoint} /> },
          { label: 'Body', value: endpoint.bodyFormat === 'none' ? null : bodyFormats[endpoint.bodyFormat] },
          { label: 'Authentication', value: authenticationTypes[method.type] },
          { label: 'Credentials', value: credentials.length === 0 ? null : <Credentials credentials={credentials} /> },
        ]}
      />
      {report.length > 0 && (
        <details open>
          <summary className="text-sm font-medium">{counted(report.length, 'note')}</summary>
          <div className="mt-2">
            <ReportLines lines={report} />
          </div>
        </details>
      )}
    </section>
  )
}

/** Without values, which would make a long command of a long one. */
function Parameters({ parameters }: Pick<CurlReading['endpoint'], 'parameters'>) {
  const places = Object.entries(parameterLocations).flatMap(([place, label]) => {
    const keys = parameters.filter((parameter) => parameter.place === place).map(({ key }) => key)
    return keys.length === 0 ? [] : [{ place, label, keys: keys.join(', ') }]
  })
  return (
    <ul className="grid gap-0.5">
      {places.map(({ place, label, keys }) => (
        <li key={place} className="break-words">
          <span className="text-muted">{label}:</span> {keys}
        </li>
      ))}
    </ul>
  )
}

function Credentials({ credentials }: Pick<CurlReading, 'credentials'>) {
  return (
    <ul className="grid gap-0.5">
      {credentials.map(({ key, displayName, isGiven }) => (
        <li key={key} className="break-words">
          {displayName} <span className="text-muted">{isGiven ? 'in the command' : 'to be entered'}</span>
        </li>
      ))}
    </ul>
  )
}
