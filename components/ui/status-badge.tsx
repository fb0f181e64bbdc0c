import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { SharedIcon, type SharedIconName } from '@/components/ui/shared-icon'

export type Tone = 'ok' | 'neutral' | 'warn' | 'bad' | 'info'

const looks: Record<Tone, { icon: SharedIconName; classes: string }> = {
  ok: { icon: 'circle-check', classes: 'bg-ok-subtle text-ok' },
  neutral: { icon: 'circle-dashed', classes: 'bg-subtle text-muted' },
  warn: { icon: 'triangle-alert', classes: 'bg-warn-subtle text-warn' },
  bad: { icon: 'circle-x', classes: 'bg-bad-subtle text-bad' },
  info: { icon: 'info', classes: 'bg-accent-subtle text-accent-text' },
}

type StatusBadgeProps = { tone: Tone; children: ReactNode; icon?: LucideIcon; quiet?: boolean; className?: string }

/** A state: word, icon and colour together. `quiet` omits the background, for dense tables. */
export function StatusBadge({ tone, children, icon: Icon, quiet = false, className }: StatusBadgeProps) {
  return (
    <span
      className={cn(
        'inline-flex h-5.5 items-center gap-1 rounded-full text-xs font-medium whitespace-nowrap',
        looks[tone].classes,
        quiet ? 'bg-transparent!' : 'px-2',
        className,
      )}
    >
      {Icon ? <Icon aria-hidden className="size-3.5" /> : <SharedIcon name={looks[tone].icon} className="size-3.5" />}
      {children}
    </span>
  )
}
