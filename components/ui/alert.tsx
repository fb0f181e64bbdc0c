import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

type AlertProps = {
  /** For setting the focus to the alert. */
  id?: string
  tone?: 'info' | 'ok' | 'warn' | 'bad'
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  className?: string
}

const looks = {
  info: { icon: Info, classes: 'bg-subtle', iconClasses: 'text-accent-text' },
  ok: { icon: CircleCheck, classes: 'bg-ok-subtle', iconClasses: 'text-ok' },
  warn: { icon: TriangleAlert, classes: 'bg-warn-subtle', iconClasses: 'text-warn' },
  bad: { icon: CircleX, classes: 'bg-bad-subtle', iconClasses: 'text-bad' },
}

/** What happened, why, what to do. `bad` is announced at once, the others when the reader gets there. */
export function Alert({ id, tone = 'info', title, children, actions, className }: AlertProps) {
  const { icon: Icon, classes, iconClasses } = looks[tone]
  return (
    <div
      id={id}
      tabIndex={id === undefined ? undefined : -1}
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cn('flex flex-wrap gap-x-3 gap-y-2 rounded-lg px-3.5 py-2.5 text-base', classes, className)}
    >
      <Icon aria-hidden className={cn('mt-0.75 size-4 shrink-0', iconClasses)} />
      <div className="min-w-0 flex-1 basis-60 break-words">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={cn(title && 'text-sm text-muted')}>{children}</div>}
      </div>
      {actions && <div className="flex max-w-full shrink-0 flex-wrap items-start gap-2">{actions}</div>}
    </div>
  )
}
