import { CodeBlock } from '@/components/ui/code-block'
import type { EndpointSchemas as Schemas } from '@/lib/endpoints/views'

/** A screen shows the beginning of a long schema; the API returns all of it. */
const mostShown = 20_000

/** The schemas of the endpoint's request and response, from the document that it was imported from. */
export function EndpointSchemas({ request, response }: Schemas) {
  const schemas = [
    { title: 'Request schema', named: request },
    { title: 'Response schema', named: response },
  ].flatMap(({ title, named }) => (named ? [{ title, ...named }] : []))
  if (schemas.length === 0) return null
  return (
    <section aria-labelledby="endpoint-schemas" className="grid gap-2">
      <h2 id="endpoint-schemas" className="text-lg font-semibold">
        Schemas
      </h2>
      {schemas.map(({ title, name, schema, complete }) => {
        const shown = schema.slice(0, mostShown)
        return (
          <details key={title}>
            <summary className="text-sm font-medium">
              {title}: {name}
            </summary>
            <div className="mt-2 grid gap-2">
              <CodeBlock label={title} code={shown} />
              {(!complete || schema.length > mostShown) && (
                <p className="text-sm text-muted">This is the beginning. The API returns more of it.</p>
              )}
            </div>
          </details>
        )
      })}
    </section>
  )
}
