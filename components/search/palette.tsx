'use client'

import {
  Activity,
  Box,
  Cable,
  CircleUser,
  KeyRound,
  Search,
  Settings,
  Waypoints,
  Workflow,
  type LucideIcon,
} from 'lucide-react'
import { Command } from 'cmdk'
import { Dialog } from 'radix-ui'
import { useGuardedNavigation } from '@/components/forms/unsaved-changes'
import { useFound } from '@/components/search/use-found'
import { InstanceStatusBadge } from '@/components/instances/instance-status-badge'
import { Spinner } from '@/components/ui/spinner'
import type { Found, FoundKind } from '@/lib/search/views'

const kinds: Record<FoundKind, { heading: string; icon: LucideIcon }> = {
  connector: { heading: 'Connectors', icon: Box },
  instance: { heading: 'Instances', icon: KeyRound },
  endpoint: { heading: 'Endpoints', icon: Waypoints },
  flow: { heading: 'Flows', icon: Workflow },
}

const places: { name: string; href: string; icon: LucideIcon }[] = [
  { name: 'Connectors & instances', href: '/connectors', icon: Cable },
  { name: 'Flows', href: '/flows', icon: Workflow },
  { name: 'Activity', href: '/activity', icon: Activity },
  { name: 'Settings', href: '/settings', icon: Settings },
  { name: 'Profile', href: '/profile', icon: CircleUser },
]

const groupStyle =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted'

export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-overlay" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-xl animate-rise overflow-hidden rounded-xl bg-raised shadow-float focus:outline-none"
        >
          <Dialog.Title className="sr-only">Search everything</Dialog.Title>
          <PaletteList onClose={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteList({ onClose }: { onClose: () => void }) {
  const { text, setText, found, pending, failure } = useFound()
  const goTo = useGuardedNavigation()
  const go = (href: string) => {
    onClose()
    goTo(href)
  }
  const words = text.trim().toLowerCase()
  const shownPlaces = places.filter((place) => place.name.toLowerCase().includes(words))
  return (
    <Command label="Search everything" shouldFilter={false} loop>
      <div className="flex h-12 items-center gap-2.5 border-b px-4">
        {pending ? <Spinner className="text-muted" /> : <Search aria-hidden className="size-4 text-muted" />}
        <Command.Input
          value={text}
          onValueChange={setText}
          maxLength={200}
          placeholder="Search connectors, instances, endpoints and flows…"
          className="h-full w-full bg-transparent outline-none"
        />
      </div>
      <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-1.5 pt-0">
        {failure && <p className="px-2 pt-3 text-bad">{failure}</p>}
        {!pending && (
          <Command.Empty className="px-2 pt-6 pb-5 text-center text-muted">
            Nothing is called “{text.trim()}”. The palette searches names; all of its words must occur.
          </Command.Empty>
        )}
        {(Object.keys(kinds) as FoundKind[]).map((kind) => {
          const hits = found.filter((hit) => hit.kind === kind)
          return (
            hits.length > 0 && (
              <Command.Group
                key={kind}
                heading={words === '' ? 'Needs attention' : kinds[kind].heading}
                className={groupStyle}
              >
                {hits.map((hit) => (
                  <PaletteItem key={hit.id} hit={hit} icon={kinds[kind].icon} onGo={go} />
                ))}
              </Command.Group>
            )
          )
        })}
        {shownPlaces.length > 0 && (
          <Command.Group heading="Go to" className={groupStyle}>
            {shownPlaces.map((place) => (
              <PaletteItem
                key={place.href}
                hit={{ id: place.href, detail: '', status: null, ...place }}
                icon={place.icon}
                onGo={go}
              />
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  )
}

function PaletteItem({
  hit,
  icon: Icon,
  onGo,
}: {
  hit: Omit<Found, 'kind'>
  icon: LucideIcon
  onGo: (href: string) => void
}) {
  return (
    <Command.Item
      value={hit.id}
      onSelect={() => onGo(hit.href)}
      className="flex h-9 cursor-default items-center gap-2.5 rounded-md px-2 data-[selected=true]:bg-hover"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="truncate">{hit.name}</span>
      {hit.status && <InstanceStatusBadge status={hit.status} quiet />}
      {hit.detail !== '' && (
        <span className="ml-auto max-w-1/2 shrink-0 truncate text-sm text-muted">{hit.detail}</span>
      )}
    </Command.Item>
  )
}
