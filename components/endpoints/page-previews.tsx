import type { EndpointDraft } from '@/components/endpoints/endpoint-draft'
import { previewPages } from '@/lib/domain/preview/preview-pages'

const titles = ['First request', 'Second request']

/** The requests for the first two pages, as far as they are known before a response. */
export function PagePreviews({ draft }: { draft: Pick<EndpointDraft, 'httpMethod' | 'url' | 'pagination'> }) {
  const pages = previewPages(draft)
  if (pages.length === 0) return null
  return (
    <section aria-label="Requests of the first two pages" className="grid max-w-3xl gap-3">
      {pages.map(({ request, also }, index) => (
        <div key={titles[index]} className="grid gap-1">
          <h3 className="text-sm font-medium">{titles[index]}</h3>
          <p className="rounded-md border bg-subtle px-3 py-2 font-mono text-sm break-all">
            {request}
            {also !== null && <span className="mt-1 block">{also}</span>}
          </p>
        </div>
      ))}
    </section>
  )
}
