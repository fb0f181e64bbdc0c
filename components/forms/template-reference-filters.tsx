import { exampleOf } from '@/lib/platform/forms/template-samples'
import type { TemplateFilter } from '@/lib/platform/forms/template-filters'

function FilterEntry({ filter }: { filter: TemplateFilter }) {
  const { given, result } = exampleOf(filter)
  return (
    <li className="grid gap-x-6 gap-y-1 py-2.5 sm:grid-cols-2">
      <div className="min-w-0">
        <code className="font-medium break-words">{filter.signature}</code>
        <p className="text-sm text-muted">{filter.description}</p>
      </div>
      <div className="grid min-w-0 content-start gap-0.5 text-sm">
        <code className="break-words">{filter.example}</code>
        <span className="break-all">
          <span className="text-muted">gives </span>
          {result === null ? (
            <span className="text-muted">a signature, which is computed on the server</span>
          ) : (
            <code>{result}</code>
          )}
        </span>
        <span className="text-xs break-words text-muted">
          with {given.map(([name, value]) => `${name} = ${shortened(value)}`).join(', ')}
        </span>
      </div>
    </li>
  )
}

function shortened(value: string): string {
  return value.length > 40 ? `${value.slice(0, 36)}…` : JSON.stringify(value)
}

/** Filters under the headings of their groups. */
export function FilterReference({ filters }: { filters: readonly TemplateFilter[] }) {
  const groups = [...new Set(filters.map(({ group }) => group))]
  return (
    <>
      {groups.map((group) => (
        <section key={group} aria-labelledby={`filters-${group}`}>
          <h3 id={`filters-${group}`} className="font-semibold">
            {group}
          </h3>
          <ul className="divide-y">
            {filters
              .filter((filter) => filter.group === group)
              .map((filter) => (
                <FilterEntry key={filter.name} filter={filter} />
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}
