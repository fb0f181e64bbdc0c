import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'
import { RequiredMark } from '@/components/ui/required-mark'

export function Label({ className, required = false, ...rest }: ComponentProps<'label'> & { required?: boolean }) {
  return (
    <span>
      <label className={cn('text-sm font-medium', className)} {...rest} />
      {required && <RequiredMark />}
    </span>
  )
}
