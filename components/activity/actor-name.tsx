import Link from 'next/link'

/** Who acted, or caused a request. An API key leads to its page. */
export function ActorName({ name, keyId }: { name: string | null; keyId: string | null }) {
  if (keyId === null) return name ?? 'Patchbay'
  return (
    <Link href={`/settings/api-keys/${keyId}`} className="rounded-sm underline underline-offset-2">
      {name}
    </Link>
  )
}
