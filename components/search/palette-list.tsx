'use client'

import {
  Activity,
  Box,
  Cable,
  CircleUser,
  KeyRound,
  Search,
  Settings,
  ShieldCheck,
  Waypoints,
  Workflow,
  type LucideIcon,
} from 'lucide-react'
import { Command } from 'cmdk'
import { useGuardedNavigation } from '@/components/forms/unsaved-changes'
import { isCheck, paletteActions, type PaletteAction, type PaletteRights } from '@/components/search/palette-actions'
import { PaletteItem } from '@/components/search/palette-item'
import { useFound } from '@/components/search/use-found'
import { Spinner } from '@/components/ui/spinner'
import type { Found, FoundKind } from '@/lib/search/views'

const kinds: Record<FoundKind, { heading: string; icon: LucideIcon }> = {
  connector: { heading: 'Connectors', icon: Box },
  instance: { heading: 'Instances', icon: KeyRound },
  endpoint: { heading: 'Endpoints', icon: Waypoints },
  flow: { heading: 'Flows', icon: Workflow },
}

const pages: PaletteAction[] = [
  { id: '/connectors', name: 'Connectors & instances', href: '/connectors', icon: Cable },
  { id: '/flows', name: 'Flows', href: '/flows', icon: Workflow },
  { id: '/activity', name: 'Activity', href: '/activity', icon: Activity },
  { id: '/settings', name: 'Settings', href: '/settings', icon: Settings },
  { id: '/profile', name: 'Profile', href: '/profile', icon: CircleUser },
]

const groupStyle =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted'

type PaletteListProps = {
  rights: PaletteRights
  startsWith: string
  onCheck: (instance: Found) => void
  onClose: () => void
}

/** Search results, pages and actions. */
export function PaletteList({ rights, startsWith, onCheck, onClose }: PaletteListProps) {
  const { text, setText, found, pending, failure } = useFound(startsWith)
  const goTo = useGuardedNavigation()
  const close = (then: () => void) => {
    onClose()
    then()
  }
  const run = (action: PaletteAction) => {
    if ('type' in action) return setText(action.type)
    close('href' in action ? () => goTo(action.href) : action.run)
  }
  const words = text.trim().toLowerCase()
  const checks = rights.canRun && isCheck(text)
  const matching = (actions: PaletteAction[]) => actions.filter(({ name }) => name.toLowerCase().includes(words))
  const groups = (Object.keys(kinds) as FoundKind[]).map((kind) => ({
    kind,
    hits: found.filter((hit) => hit.kind === kind && (!checks || kind === 'instance')),
  }))
  return (
    <Command label="Search everything" shouldFilter={false} loop>
      <div className="flex h-12 items-center gap-2.5 border-b px-4">
        {pending ? <Spinner className="text-muted" /> : <Search aria-hidden className="size-4 text-muted" />}
        <Command.Input
          value={text}
          onValueChange={setText}
          maxLength={200}
          placeholder="Search, or type what to do…"
          className="h-full w-full bg-transparent outline-none"
        />
      </div>
      <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-1.5 pt-0">
        {failure && <p className="px-2 pt-3 text-bad">{failure}</p>}
        {!pending && (
          <Command.Empty className="px-2 pt-6 pb-5 text-center text-muted">
            {checks && words === 'check'
              ? 'Type the name of the instance.'
              : `Nothing matches “${text.trim()}”. The palette finds names that contain all of these words.`}
          </Command.Empty>
        )}
        {groups.map(
          ({ kind, hits }) =>
            hits.length > 0 && (
              <Command.Group
                key={kind}
                heading={words === '' ? 'Needs attention' : kinds[kind].heading}
                className={groupStyle}
              >
                {hits.map((hit) => (
                  <PaletteItem
                    key={hit.id}
                    {...hit}
                    name={checks ? `Check ${hit.name}` : hit.name}
                    icon={checks ? ShieldCheck : kinds[kind].icon}
                    onSelect={() => close(() => (checks ? onCheck(hit) : goTo(hit.href)))}
                  />
                ))}
              </Command.Group>
            ),
        )}
        <Actions heading="Go to" actions={matching(pages)} onRun={run} />
        <Actions heading="Do" actions={matching(paletteActions(rights))} onRun={run} />
      </Command.List>
    </Command>
  )
}

type ActionsProps = { heading: string; actions: PaletteAction[]; onRun: (action: PaletteAction) => void }

function Actions({ heading, actions, onRun }: ActionsProps) {
  if (actions.length === 0) return null
  return (
    <Command.Group heading={heading} className={groupStyle}>
      {actions.map((action) => (
        <PaletteItem
          key={action.id}
          id={action.id}
          name={action.name}
          icon={action.icon}
          onSelect={() => onRun(action)}
        />
      ))}
    </Command.Group>
  )
}
