'use client'

import type { ComponentProps } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'

type IconButtonProps = Omit<ComponentProps<typeof Button>, 'aria-label'> & {
  /** The accessible name and the tooltip. It includes the object: "Settings for Shopify". */
  label: string
}

export function IconButton({ label, variant = 'ghost', size = 'md', className, ...rest }: IconButtonProps) {
  return (
    <Button
      aria-label={label}
      data-tooltip={label}
      variant={variant}
      size={size}
      className={cn('px-0!', size === 'sm' ? 'w-7' : 'w-8', className)}
      {...rest}
    />
  )
}
