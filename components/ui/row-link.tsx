import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

/** The name of a table row as a link. A click anywhere in the row follows it. */
export function RowLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return <Link data-row-link="" className={cn('rounded-sm font-medium text-foreground', className)} {...rest} />
}
