import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

export function Label({ className, required = false, children, ...rest }: ComponentProps<'label'> & { required?: boolean }) {
  return (
    <label className={cn('text-sm font-medium', className)} {...rest}>
      {children}
      {required && (
        <span aria-hidden className="ml-0.5 text-bad">
          *
        </span>
      )}
    </label>
  )
}
