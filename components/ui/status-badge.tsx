import { CircleCheck, CircleDashed, CircleX, Info, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

export type Tone = 'ok' | 'neutral' | 'warn' | 'bad' | 'info'

const looks: Record<Tone, { icon: LucideIcon; classes: string }> = {
  ok: { icon: CircleCheck, classes: 'bg-ok-subtle text-ok' },
  neutral: { icon: CircleDashed, classes: 'bg-subtle text-muted' },
  warn: { icon: TriangleAlert, classes: 'bg-warn-subtle text-warn' },
  bad: { icon: CircleX, classes: 'bg-bad-subtle text-bad' },
  info: { icon: Info, classes: 'bg-accent-subtle text-accent-text' },
}

type StatusBadgeProps = { tone: Tone; children: ReactNode; icon?: LucideIcon; quiet?: boolean; className?: string }

/** A state: word, icon and colour together. `quiet` omits the background, for dense tables. */
export function StatusBadge({ tone, children, icon, quiet = false, className }: StatusBadgeProps) {
  const Icon = icon ?? looks[tone].icon
  return (
    <span
      className={cn(
        'inline-flex h-5.5 items-center gap-1 rounded-full text-xs font-medium whitespace-nowrap',
        looks[tone].classes,
        quiet ? 'bg-transparent!' : 'px-2',
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {children}
    </span>
  )
}
