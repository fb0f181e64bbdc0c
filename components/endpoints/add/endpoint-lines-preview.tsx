import { HttpMethodMark } from '@/components/endpoints/http-method-mark'
import { Table } from '@/components/ui/table'
import type { EndpointLine, EndpointLines } from '@/lib/domain/requests/endpoint-lines'
import { directions } from '@/lib/domain/vocabulary'

/** The endpoint that each line becomes, and the errors of lines that cannot be read. */
export function EndpointLinesPreview({ endpoints, problems }: EndpointLines) {
  if (endpoints.length + problems.length === 0) return null
  return (
    <section aria-label="Preview" className="grid gap-3">
      {problems.length > 0 && (
        <ul aria-label="Problems" className="grid gap-1 text-sm text-bad">
          {problems.slice(0, 20).map(({ line, message }) => (
            <li key={`${line}:${message}`} className="break-words">
              {line > 0 && `Line ${line}: `}
              {message}
            </li>
          ))}
          {problems.length > 20 && <li>and {problems.length - 20} more</li>}
        </ul>
      )}
      {endpoints.length > 0 && (
        <div className="max-h-72 overflow-y-auto rounded-md border">
          <Table label="Endpoints to create" stacked>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Request</th>
                <th scope="col">Direction</th>
              </tr>
            </thead>
            <tbody>
              {endpoints.map((endpoint) => (
                <PreviewRow key={endpoint.line} {...endpoint} />
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </section>
  )
}

function PreviewRow({ name, nameIsDerived, httpMethod, url, direction, variables }: EndpointLine) {
  return (
    <tr>
      <td className="break-words">
        {name}
        {nameIsDerived && <span className="text-muted"> (from the path)</span>}
      </td>
      <td>
        <span className="flex min-w-0 items-baseline gap-1.5">
          <HttpMethodMark method={httpMethod} />
          <code className="text-xs break-all">{url}</code>
        </span>
        {variables.length > 0 && (
          <span className="block text-xs text-muted">
            {variables.length === 1 ? 'Variable' : 'Variables'} {variables.join(', ')}
          </span>
        )}
      </td>
      <td className="text-muted">{directions[direction]}</td>
    </tr>
  )
}
