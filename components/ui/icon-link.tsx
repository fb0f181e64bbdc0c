'use client'

import Link from 'next/link'
import type { ComponentProps } from 'react'
import { buttonStyle } from '@/components/ui/button-style'
import { cn } from '@/components/ui/cn'

type IconLinkProps = Omit<ComponentProps<typeof Link>, 'aria-label'> & {
  /** The accessible name and the tooltip. It includes the object: "Settings for Shopify". */
  label: string
  size?: 'sm' | 'md'
}

export function IconLink({ label, size = 'md', className, ...rest }: IconLinkProps) {
  return (
    <Link
      aria-label={label}
      data-tooltip={label}
      className={cn(
        buttonStyle({ variant: 'ghost', size }),
        'px-0! text-muted! hover:text-foreground!',
        size === 'sm' ? 'w-7' : 'w-8',
        className,
      )}
      {...rest}
    />
  )
}
