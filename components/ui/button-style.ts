import { cn } from '@/components/ui/cn'

/*
 * The rules are in globals.css, under one name for each look: a list repeats them in every row, and with a class for each
 * property a third of its page was class names.
 */

const variants = {
  primary: 'button-primary',
  secondary: 'button-secondary',
  ghost: 'button-ghost',
  danger: 'button-danger',
  'danger-quiet': 'button-danger-quiet',
  link: 'button-link',
}

const sizes = { sm: 'button-sm', md: 'button-md', lg: 'button-lg' }

export type ButtonStyle = { variant?: keyof typeof variants; size?: keyof typeof sizes }

/** The look of buttons, and of links that look like buttons. */
export function buttonStyle({ variant = 'secondary', size = 'md' }: ButtonStyle): string {
  return cn('button', variants[variant], sizes[size])
}
