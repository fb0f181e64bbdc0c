import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/row-link'
import { Table } from '@/components/ui/table'
import { ProblemsBadge } from '@/components/variables/problems-badge'
import type { MethodSummary } from '@/lib/authentication-methods/views'
import { counted } from '@/lib/domain/counted'
import { authenticationTypes } from '@/lib/domain/vocabulary'

type MethodListProps = { connectorId: string; methods: MethodSummary[]; endpoints: number }

/** "9 of 12 endpoints" */
function acceptedBy(enabled: number, endpoints: number): string {
  if (endpoints === 0) return 'No endpoints yet'
  return `${enabled.toLocaleString('en-GB')} of ${counted(endpoints, 'endpoint')}`
}

/** Methods with their types and what uses them. */
export function MethodList({ connectorId, methods, endpoints }: MethodListProps) {
  return (
    <Table label="Authentication methods" stacked className="md:table-fixed">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className="w-1/4">
            Type
          </th>
          <th scope="col" className="w-1/5">
            Endpoints
          </th>
          <th scope="col" className="w-24">
            Instances
          </th>
          <th scope="col" className="w-32">
            Changed
          </th>
        </tr>
      </thead>
      <tbody>
        {methods.map((method) => (
          <tr key={method.id}>
            <td className="break-words">
              <span className="flex flex-wrap items-center gap-x-2">
                <RowLink href={`/connectors/${connectorId}/authentication/${method.id}`}>{method.name}</RowLink>
                <ProblemsBadge unknownVariables={method.unknownVariables} />
              </span>
            </td>
            <td className="text-muted">{authenticationTypes[method.type]}</td>
            <td className="tabular">{acceptedBy(method.enabledEndpoints, endpoints)}</td>
            <td className="tabular" data-label="Instances">
              {method.instances}
            </td>
            <td className="whitespace-nowrap text-muted" data-label="Changed">
              <RelativeTime at={method.updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
