import type { ReactNode } from 'react'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'

type PageHeaderProps = {
  title: string
  breadcrumbs?: { label: string; href?: string }[]
  /** Badges beside the title. */
  status?: ReactNode
  description?: ReactNode
  /** Buttons, the primary one last. */
  actions?: ReactNode
}

export function PageHeader({ title, breadcrumbs, status, description, actions }: PageHeaderProps) {
  return (
    <header className="grid gap-1.5">
      {breadcrumbs && <Breadcrumbs items={breadcrumbs} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="min-w-0 grow">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{title}</h1>
            {status}
          </div>
          {description && <div className="max-w-prose text-pretty break-words text-muted">{description}</div>}
        </div>
        {actions && <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2">{actions}</div>}
      </div>
    </header>
  )
}
