'use client'

import { ArrowRight } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { importReportOf, overviewOf, sectionsOf } from '@/components/connectors/sections'
import { ButtonLink } from '@/components/ui/button-link'

/**
 * Leads through the sections of a connector that has no instance yet, and from the last section to adding its first
 * instance.
 */
export function NextStep({ connectorId, onGo }: { connectorId: string; onGo: () => void }) {
  const pathname = usePathname()
  if (pathname === overviewOf(connectorId) || pathname === importReportOf(connectorId)) return null
  const sections = sectionsOf(connectorId)
  const current = sections.findLastIndex(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
  const next = sections[current + 1] ?? {
    label: 'Add the first instance',
    href: `/instances/new?connector=${connectorId}`,
  }
  return (
    <nav
      aria-label="Building this connector"
      className="flex flex-wrap items-center justify-between gap-3 border-t pt-4"
    >
      <p className="tabular text-sm text-muted">
        Step {current + 1} of {sections.length}
        <span className="max-sm:hidden"> · next: {next.label}</span>
      </p>
      <ButtonLink href={next.href} onClick={onGo} aria-label={`Next step: ${next.label}`}>
        Next step
        <ArrowRight aria-hidden />
      </ButtonLink>
    </nav>
  )
}
