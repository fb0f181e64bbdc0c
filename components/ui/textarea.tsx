import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

export function Textarea({
  className,
  mono = false,
  rows = 3,
  ...rest
}: ComponentProps<'textarea'> & { mono?: boolean }) {
  return <textarea rows={rows} className={cn('control py-1.5', mono && 'font-mono text-sm', className)} {...rest} />
}
