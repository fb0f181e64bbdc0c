import { cva, type VariantProps } from 'class-variance-authority'

/** The look of buttons, and of links that look like buttons. */
export const buttonStyle = cva(
  [
    'relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap no-underline transition-colors',
    'disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0',
  ],
  {
    variants: {
      variant: {
        primary: 'bg-accent text-accent-foreground shadow-sm hover:bg-accent-hover',
        secondary: 'border border-line-strong bg-surface text-foreground shadow-sm hover:bg-hover',
        ghost: 'text-foreground hover:bg-hover',
        danger: 'bg-bad-solid text-white shadow-sm hover:brightness-90',
        'danger-quiet': 'border border-line-strong bg-surface text-bad shadow-sm hover:bg-bad-subtle',
        link: 'h-auto! px-0! text-accent-text underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-7 px-2.5 text-sm',
        md: 'h-8 px-3 text-base',
        lg: 'h-10 px-4 text-base',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonStyle = VariantProps<typeof buttonStyle>
