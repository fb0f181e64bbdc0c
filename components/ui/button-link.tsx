import Link from 'next/link'
import type { ComponentProps } from 'react'
import { buttonStyle, type ButtonStyle } from '@/components/ui/button-style'
import { cn } from '@/components/ui/cn'

/** Looks like a button, goes somewhere. */
export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & ButtonStyle) {
  return <Link className={cn(buttonStyle({ variant, size }), className)} {...rest} />
}
