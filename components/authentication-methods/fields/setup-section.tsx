'use client'

import { useId, type ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

type SetupSectionProps = { title: string; help?: ReactNode; children: ReactNode; columns?: boolean }

/** One topic of a tab, with its fields. */
export function SetupSection({ title, help, children, columns = false }: SetupSectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="grid gap-4 border-t pt-5 first:border-t-0 first:pt-0">
      <div className="grid gap-0.5">
        <h3 id={id} className="font-medium">
          {title}
        </h3>
        {help && <p className="max-w-prose text-sm text-muted">{help}</p>}
      </div>
      <div className={cn('grid min-w-0 gap-5', columns && 'sm:grid-cols-2')}>{children}</div>
    </section>
  )
}
