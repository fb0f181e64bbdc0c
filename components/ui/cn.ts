import { clsx, type ClassValue } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

const merge = extendTailwindMerge({
  extend: { theme: { text: ['xs', 'sm', 'base', 'lg', 'xl', '2xl'], shadow: ['float'] } },
})

/** Joins class names; a later utility wins over an earlier one for the same property. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes))
}
