import Link from 'next/link'

/** Says that the list is narrowed to one connector, and leads out of it. */
export function OnlyConnector({ name }: { name: string }) {
  return (
    <p className="text-sm text-muted">
      Only {name} ·{' '}
      <Link href="/connectors" className="text-accent-text hover:underline">
        Show all connectors
      </Link>
    </p>
  )
}
