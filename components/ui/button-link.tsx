import Link from 'next/link'
import type { ComponentProps } from 'react'
import { buttonStyle, type ButtonStyle } from '@/components/ui/button-style'
import { cn } from '@/components/ui/cn'

/** A link that looks like a button. */
export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & ButtonStyle) {
  return <Link className={cn(buttonStyle({ variant, size }), className)} {...rest} />
}
