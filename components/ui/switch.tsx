import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

type SwitchProps = Omit<ComponentProps<'input'>, 'type' | 'role'> & {
  /** The server has not confirmed the change yet. */
  pending?: boolean
}

/** A setting that takes effect immediately. Name it with a <label>, or with aria-label. */
export function Switch({ className, pending = false, ...rest }: SwitchProps) {
  return (
    <input
      type="checkbox"
      role="switch"
      aria-busy={pending || undefined}
      className={cn(
        'relative h-5 w-9 shrink-0 cursor-pointer appearance-none rounded-full bg-control transition-colors checked:bg-accent',
        'before:absolute before:top-0.5 before:left-0.5 before:size-4 before:rounded-full before:bg-white before:shadow-sm before:transition-transform',
        'checked:before:translate-x-4 disabled:cursor-not-allowed disabled:opacity-50 aria-busy:opacity-70',
        className,
      )}
      {...rest}
    />
  )
}
