'use client'

import { useEffect, useRef, type ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'ref'> & { indeterminate?: boolean }

/** Name it with a <label>, or with aria-label where there is no room for one. */
export function Checkbox({ className, indeterminate = false, ...rest }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = indeterminate
  }, [indeterminate])
  return (
    <input
      ref={box}
      type="checkbox"
      className={cn(
        'checkbox size-4 align-middle shrink-0 cursor-pointer appearance-none rounded-sm border border-control bg-surface bg-center bg-no-repeat transition-colors',
        'checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:cursor-not-allowed disabled:opacity-50',
        className,
      )}
      {...rest}
    />
  )
}
