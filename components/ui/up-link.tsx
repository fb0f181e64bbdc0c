import Link from 'next/link'

/** Where one is below a section of an object: the way back to the whole list, and the name of this one. */
export function UpLink({ href, label, current }: { href: string; label: string; current: string }) {
  return (
    <div className="flex min-w-0 grow basis-64 flex-wrap gap-x-2 text-sm">
      <Link href={href} className="rounded-sm text-muted hover:text-foreground">
        ← {label}
      </Link>
      <span aria-hidden className="text-faint">
        /
      </span>
      <span className="min-w-0 font-medium break-words">{current}</span>
    </div>
  )
}
