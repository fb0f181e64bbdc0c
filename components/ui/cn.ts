import { clsx, type ClassValue } from 'clsx'

/** Joins class names. Their order has no effect: a class that must override another one ends in `!`. */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes)
}
