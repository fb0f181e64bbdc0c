import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

type BadgeProps = { children: ReactNode; tone?: 'plain' | 'accent' | 'outline'; mono?: boolean; className?: string }

/** A short fact about a thing: a version, a type, a count. For states use StatusBadge. */
export function Badge({ children, tone = 'plain', mono = false, className }: BadgeProps) {
  return (
    <span
      className={cn(
        'inline-flex h-5 max-w-full min-w-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3',
        tone === 'plain' && 'bg-subtle text-muted',
        tone === 'accent' && 'bg-accent-subtle text-accent-text',
        tone === 'outline' && 'border text-muted',
        mono && 'font-mono',
        className,
      )}
    >
      {typeof children === 'string' ? (
        <span className="truncate" title={children}>
          {children}
        </span>
      ) : (
        children
      )}
    </span>
  )
}
