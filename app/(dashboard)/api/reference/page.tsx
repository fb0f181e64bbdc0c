import { ApiReference } from '@/components/api-page/reference/api-reference'
import { PageHeader } from '@/components/ui/page-header'
import { apiPath } from '@/lib/domain/api-path'

export const metadata = { title: 'API reference' }

export default function ApiReferencePage() {
  return (
    <div className="grid gap-6">
      <PageHeader
        title="API reference"
        breadcrumbs={[{ label: 'API', href: '/api' }, { label: 'Reference' }]}
        description={
          <>
            Every request of the REST API. To try one, choose <em>Authorize</em> and enter an API key. Requests are sent
            with this key from your browser, not with your session, and change real data.
          </>
        }
      />
      <ApiReference address={`${apiPath}/openapi.json`} />
    </div>
  )
}
