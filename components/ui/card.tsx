import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

type CardProps = {
  title?: ReactNode
  description?: ReactNode
  actions?: ReactNode
  children: ReactNode
  flush?: boolean
  className?: string
}

/** Only for content that is separate from the rest of the page. `flush` omits the padding (tables, lists). */
export function Card({ title, description, actions, children, flush = false, className }: CardProps) {
  return (
    <section className={cn('overflow-clip rounded-lg border bg-surface', className)}>
      {(title || actions) && (
        <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-2.5">
          <div className="min-w-0 grow">
            {title && <h2 className="text-base font-semibold">{title}</h2>}
            {description && <p className="text-sm text-muted">{description}</p>}
          </div>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </header>
      )}
      <div className={cn(!flush && 'p-4')}>{children}</div>
    </section>
  )
}
