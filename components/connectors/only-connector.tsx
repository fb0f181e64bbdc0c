import Link from 'next/link'

/** Says that the list shows only one connector, with a link to all of them. */
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
