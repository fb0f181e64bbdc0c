import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

export function Radio({ className, ...rest }: Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <input
      type="radio"
      className={cn(
        'size-4 shrink-0 cursor-pointer appearance-none rounded-full border border-control bg-surface transition-[border-width]',
        'checked:border-[5px] checked:border-accent disabled:cursor-not-allowed disabled:opacity-50',
        className,
      )}
      {...rest}
    />
  )
}
