'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toast } from '@/components/ui/toast'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'

type CopyButtonProps = {
  text: string
  /** Accessible name: "Copy redirect URI". */
  label: string
  /** Shows the word Copy, or this text, beside the icon. */
  withText?: boolean | string
}

export function CopyButton({ text, label, withText = false }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1_500)
    return () => clearTimeout(timer)
  }, [copied])

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      toast.error('The browser did not allow copying. Select the text and copy it by hand.')
    }
  }
  const icon = copied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />
  return (
    <>
      {withText ? (
        // The name contains the visible text (WCAG 2.5.3).
        <Button size="sm" aria-label={copied ? undefined : label} onClick={copy}>
          {icon}
          {copied ? 'Copied' : withText === true ? 'Copy' : withText}
        </Button>
      ) : (
        <IconButton size="sm" label={label} onClick={copy}>
          {icon}
        </IconButton>
      )}
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </>
  )
}
