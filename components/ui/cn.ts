import { clsx, type ClassValue } from 'clsx'

/** Joins class names. One that must win over another for the same property ends in `!`: their order decides nothing. */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes)
}
