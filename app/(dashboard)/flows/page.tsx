import { SearchX, Workflow } from 'lucide-react'
import { FlowList } from '@/components/flows/flow-list'
import { NewFlowDialog } from '@/components/flows/new-flow-dialog'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchInput } from '@/components/ui/search-input'
import { may } from '@/lib/domain/access/actor'
import { listFlows } from '@/lib/flows/list-flows'
import { flowSorts } from '@/lib/flows/schema'
import { readListParams, type SearchParams } from '@/lib/platform/lists/list-page'
import { requireActor } from '@/lib/platform/session/actor'

export const metadata = { title: 'Flows' }

export default async function FlowsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor()
  const params = readListParams(await searchParams, flowSorts, 'failing')
  const flows = await listFlows(actor, params)
  if (!flows.ok) throw new Error(flows.error.message)
  const { items, total, nextCursor } = flows.value
  const add = may(actor, 'change') ? <NewFlowDialog /> : undefined
  const isEmpty = total === 0 && params.q === ''
  return (
    <div className="grid gap-6">
      <PageHeader
        title="Flows"
        description="A flow calls endpoints through connection shapes."
        actions={isEmpty ? undefined : add}
      />
      {isEmpty ? (
        <EmptyState icon={Workflow} title="No flows yet" actions={add}>
          A process flow uses your connectors: each of its connection shapes calls one endpoint with one instance.
        </EmptyState>
      ) : (
        <>
          <SearchInput label="Search flows" />
          {items.length === 0 ? (
            <EmptyState
              icon={SearchX}
              title="Nothing matches"
              actions={<ButtonLink href="/flows">Show all flows</ButtonLink>}
            >
              No flow name matches this search.
            </EmptyState>
          ) : (
            <FlowList flows={items} />
          )}
          <Pager nextCursor={nextCursor} total={total} noun={['flow', 'flows']} />
        </>
      )}
    </div>
  )
}
