'use client'

import { CloneEndpointButton } from '@/components/endpoints/clone-endpoint-button'
import { HttpMethodMark } from '@/components/endpoints/http-method-mark'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/row-link'
import { Table } from '@/components/ui/table'
import { ProblemsBadge } from '@/components/variables/problems-badge'
import { directions } from '@/lib/domain/vocabulary'
import type { EndpointSummary } from '@/lib/endpoints/views'

type EndpointListProps = {
  connectorId: string
  endpoints: EndpointSummary[]
  /** Under headings of their entity types. Otherwise the entity type is shown next to the name. */
  grouped: boolean
  canChange: boolean
}

type Group = { entityType: string; endpoints: EndpointSummary[] }

export function EndpointList({ endpoints, grouped, ...row }: EndpointListProps) {
  const groups = grouped ? groupsOf(endpoints) : [{ entityType: '', endpoints }]
  return (
    <Table label="Endpoints" className="table-fixed">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className="w-28 max-md:hidden">
            Direction
          </th>
          <th scope="col" className="w-2/5 max-md:hidden">
            Accepts
          </th>
          <th scope="col" className="w-32 max-lg:hidden">
            Changed
          </th>
          <th scope="col" className="w-14">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.entityType}>
          {grouped && <GroupHeading entityType={group.entityType} />}
          {group.endpoints.map((endpoint) => (
            <EndpointRow key={endpoint.id} endpoint={endpoint} grouped={grouped} {...row} />
          ))}
        </tbody>
      ))}
    </Table>
  )
}

/** The endpoints are already sorted by entity type. */
function groupsOf(endpoints: EndpointSummary[]): Group[] {
  const groups: Group[] = []
  for (const endpoint of endpoints) {
    const last = groups.at(-1)
    if (last?.entityType === endpoint.entityType) last.endpoints.push(endpoint)
    else groups.push({ entityType: endpoint.entityType, endpoints: [endpoint] })
  }
  return groups
}

/** One cell per column, because some columns are hidden on narrow screens. */
function GroupHeading({ entityType }: { entityType: string }) {
  return (
    <tr className="bg-subtle hover:bg-subtle!">
      <th scope="rowgroup" className="h-9! text-left break-words whitespace-normal! text-foreground!">
        {entityType || 'Without an entity type'}
      </th>
      <td className="h-9! max-md:hidden" />
      <td className="h-9! max-md:hidden" />
      <td className="h-9! max-lg:hidden" />
      <td className="h-9!" />
    </tr>
  )
}

function EndpointRow({
  connectorId,
  endpoint,
  grouped,
  canChange,
}: Omit<EndpointListProps, 'endpoints'> & { endpoint: EndpointSummary }) {
  return (
    <tr>
      <td>
        <span className="flex flex-wrap items-center gap-x-2">
          <RowLink href={`/connectors/${connectorId}/endpoints/${endpoint.id}`} className="min-w-0 break-words">
            {endpoint.name}
          </RowLink>
          <ProblemsBadge unknownVariables={endpoint.unknownVariables} />
          {endpoint.deprecated && <Badge tone="outline">Deprecated</Badge>}
          {!grouped && endpoint.entityType && <Badge>{endpoint.entityType}</Badge>}
        </span>
        <span className="flex min-w-0 items-baseline gap-1.5 text-muted">
          <HttpMethodMark method={endpoint.httpMethod} />
          <span className="truncate font-mono text-xs" title={endpoint.url}>
            {endpoint.url}
          </span>
        </span>
        <span className="mt-1 block md:hidden">
          <AcceptedMethods methods={endpoint.methods} />
        </span>
      </td>
      <td className="text-muted max-md:hidden">{directions[endpoint.direction]}</td>
      <td className="max-md:hidden">
        <AcceptedMethods methods={endpoint.methods} />
      </td>
      <td className="whitespace-nowrap text-muted max-lg:hidden">
        <RelativeTime at={endpoint.updatedAt} />
      </td>
      <td className="text-right">
        {canChange && <CloneEndpointButton endpointId={endpoint.id} name={endpoint.name} />}
      </td>
    </tr>
  )
}

function AcceptedMethods({ methods }: { methods: string[] }) {
  if (methods.length === 0) return <span className="text-faint">No authentication methods yet</span>
  return (
    <span className="flex flex-wrap gap-1">
      {methods.map((name) => (
        <Badge key={name}>{name}</Badge>
      ))}
    </span>
  )
}
