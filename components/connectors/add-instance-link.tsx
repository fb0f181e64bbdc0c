'use client'

import { Plus } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { overviewOf } from '@/components/connectors/sections'
import { ButtonLink } from '@/components/ui/button-link'

/** The primary action of a connector's overview. In the sections of the builder, the primary action is saving. */
export function AddInstanceLink({ connectorId, name }: { connectorId: string; name: string }) {
  const isOverview = usePathname() === overviewOf(connectorId)
  return (
    <ButtonLink
      variant={isOverview ? 'primary' : 'secondary'}
      href={`/instances/new?connector=${connectorId}`}
      aria-label={`Add new instance for ${name}`}
    >
      <Plus aria-hidden />
      Add new instance
    </ButtonLink>
  )
}
