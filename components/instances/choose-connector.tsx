import { Plug, SearchX } from 'lucide-react'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Pager } from '@/components/ui/pager'
import { RowLink } from '@/components/ui/row-link'
import { SearchInput } from '@/components/ui/search-input'
import { Table } from '@/components/ui/table'
import type { ConnectorChoice } from '@/lib/instances/views'
import type { ListPage } from '@/lib/platform/lists/list-page'

/** Shown if *Add new instance* was opened without a connector. */
export function ChooseConnector({ page, isSearched }: { page: ListPage<ConnectorChoice>; isSearched: boolean }) {
  if (page.total === 0 && !isSearched) {
    return (
      <EmptyState
        icon={Plug}
        title="No connectors yet"
        actions={
          <ButtonLink variant="primary" href="/connectors/new">
            Add new connector
          </ButtonLink>
        }
      >
        An instance stores the credentials for one connector. First describe the API that you want to call.
      </EmptyState>
    )
  }
  return (
    <div className="grid gap-4">
      <p className="text-muted">Choose the connector that the instance is for.</p>
      <SearchInput label="Search connectors" />
      {page.total === 0 ? (
        <EmptyState icon={SearchX} title="Nothing matches">
          Try another part of the connector’s name.
        </EmptyState>
      ) : (
        <Table label="Connectors">
          <thead>
            <tr>
              <th scope="col">Connector</th>
              <th scope="col">Authentication methods</th>
              <th scope="col">Instances</th>
            </tr>
          </thead>
          <tbody>
            {page.items.map(({ id, name, versionLabel, methods, instances }) => (
              <tr key={id}>
                <td className="max-w-80 break-words">
                  <RowLink href={`/instances/new?connector=${id}`}>
                    {name}
                    {versionLabel && ` ${versionLabel}`}
                  </RowLink>
                </td>
                <td className="tabular">{methods}</td>
                <td className="tabular">{instances}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <Pager nextCursor={page.nextCursor} total={page.total} noun={['connector', 'connectors']} />
    </div>
  )
}
