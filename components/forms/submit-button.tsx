'use client'

import type { ComponentProps } from 'react'
import { useFormContext } from '@/components/forms/form-context'
import { saveKeys } from '@/components/forms/save-shortcut'
import { Button } from '@/components/ui/button'

/** Submits the form around it and waits for the response. */
export function SubmitButton({
  variant = 'primary',
  ...rest
}: Omit<ComponentProps<typeof Button>, 'type' | 'pending'>) {
  const { pending } = useFormContext()
  const keys = variant === 'primary' ? saveKeys : undefined
  return <Button type="submit" variant={variant} pending={pending} {...keys} {...rest} />
}
