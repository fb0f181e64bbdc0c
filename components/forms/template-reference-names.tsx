import type { NameDescription } from '@/lib/platform/forms/reserved-name-words'

/** Names that are not variables of the connector, and where each may be used. */
export function NameReference({ names }: { names: readonly NameDescription[] }) {
  return (
    <section aria-labelledby="reference-names">
      <h3 id="reference-names" className="font-semibold">
        Names filled at run time
      </h3>
      <ul className="divide-y">
        {names.map(({ name, description, where }) => (
          <li key={name} className="grid gap-x-6 gap-y-1 py-2.5 sm:grid-cols-2">
            <div className="min-w-0">
              <code className="font-medium break-words">{name}</code>
              <p className="text-sm text-muted">{description}</p>
            </div>
            <p className="text-sm text-muted">{where}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
