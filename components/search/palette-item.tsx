import { Command } from 'cmdk'
import type { LucideIcon } from 'lucide-react'
import { InstanceStatusBadge } from '@/components/instances/instance-status-badge'
import type { Found } from '@/lib/search/views'

type PaletteItemProps = {
  id: string
  name: string
  icon: LucideIcon
  detail?: string
  status?: Found['status']
  onSelect: () => void
}

/** An object to open, or an action. */
export function PaletteItem({ id, name, icon: Icon, detail = '', status, onSelect }: PaletteItemProps) {
  return (
    <Command.Item
      value={id}
      onSelect={onSelect}
      className="flex h-9 cursor-default items-center gap-2.5 rounded-md px-2 data-[selected=true]:bg-hover"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="truncate">{name}</span>
      {status && <InstanceStatusBadge status={status} quiet />}
      {detail !== '' && <span className="ml-auto max-w-1/2 shrink-0 truncate text-sm text-muted">{detail}</span>}
    </Command.Item>
  )
}
