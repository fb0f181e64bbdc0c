import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

export function Input({ className, mono = false, ...rest }: ComponentProps<'input'> & { mono?: boolean }) {
  return <input className={cn('control h-8', mono && 'font-mono text-sm', className)} {...rest} />
}
