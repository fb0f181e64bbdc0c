import { BookOpen, PencilRuler, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { SandboxCard } from '@/components/connectors/sandbox-card'
import type { SandboxOffer } from '@/lib/sandbox/views'

/** An empty *Manage connectors*, for people who may add something: three ways to the first request. */
export function FirstConnector({ sandbox }: { sandbox: SandboxOffer }) {
  return (
    <section aria-labelledby="first-connector" className="grid gap-4">
      <div className="grid gap-1">
        <h2 id="first-connector" className="text-lg font-semibold">
          No connectors yet
        </h2>
        <p className="max-w-prose text-muted">
          A connector describes one API: how to authenticate, and which endpoints it has. Instances store the
          credentials for it, and process flows call it.
        </p>
      </div>
      <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
        {sandbox === 'try' && <SandboxCard />}
        <Way
          icon={BookOpen}
          title={<WayLink href="/connectors/new#ready-made">Install a ready-made connector</WayLink>}
        >
          For APIs such as Shopify, GitHub or Salesforce: authentication and endpoints, filled in from the vendor’s
          documentation.
        </Way>
        <Way icon={PencilRuler} title={<WayLink href="/connectors/new">Describe an API</WayLink>}>
          For any other API: its address, how it authenticates, and the endpoints you need.
        </Way>
      </ul>
    </section>
  )
}

function WayLink({ href, children }: { href: '/connectors/new' | '/connectors/new#ready-made'; children: ReactNode }) {
  return (
    <Link href={href} className="after:absolute after:inset-0 after:rounded-lg">
      {children}
    </Link>
  )
}

type WayProps = { icon: LucideIcon; title: ReactNode; children: ReactNode }

/** One of the ways. The whole card is a link. */
function Way({ icon: Icon, title, children }: WayProps) {
  return (
    <li className="relative grid content-start gap-2 rounded-lg border bg-surface p-4 hover:border-control">
      <Icon aria-hidden className="size-5 text-accent" />
      <h3 className="font-semibold">{title}</h3>
      <p className="text-sm text-muted">{children}</p>
    </li>
  )
}
