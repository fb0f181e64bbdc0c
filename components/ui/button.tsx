'use client'

import type { ComponentProps, MouseEvent } from 'react'
import { buttonStyle, type ButtonStyle } from '@/components/ui/button-style'
import { cn } from '@/components/ui/cn'
import { Spinner } from '@/components/ui/spinner'

type ButtonProps = ComponentProps<'button'> &
  ButtonStyle & {
    /** The action is running: shows a spinner instead of the label, ignores clicks, keeps the width and the focus. */
    pending?: boolean
  }

export function Button({
  variant,
  size,
  pending = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (pending) return event.preventDefault()
    onClick?.(event)
  }
  return (
    <button
      type={type}
      className={cn(buttonStyle({ variant, size }), className)}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={click}
      {...rest}
    >
      {pending && <Spinner className="absolute inset-0 m-auto" />}
      <span className={cn('inline-flex items-center gap-1.5', pending && 'opacity-0')}>{children}</span>
    </button>
  )
}
