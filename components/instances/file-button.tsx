'use client'

import { Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'

type FileButtonProps = {
  /** "Choose a file for Certificate (PEM)". */
  label: string
  accept: string
  onFile: (file: File) => Promise<void>
  children: string
}

/** No certificate is larger; more would only fill the form. */
const mostBytes = 256 * 1024

/** Reads a file into the form, in the browser: nothing leaves it before the form is saved. */
export function FileButton({ label, accept, onFile, children }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  const [refusal, setRefusal] = useState('')
  const choose = async (file: File | undefined) => {
    setRefusal(file && file.size > mostBytes ? 'This file is larger than 256 KiB.' : '')
    if (file && file.size <= mostBytes) await onFile(file)
    if (input.current) input.current.value = ''
  }
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {refusal && (
        <span role="alert" className="text-sm text-bad">
          {refusal}
        </span>
      )}
      <input ref={input} type="file" accept={accept} aria-label={label} tabIndex={-1} className="sr-only" onChange={(event) => void choose(event.target.files?.[0])} />
      <Button size="sm" onClick={() => input.current?.click()}>
        <Upload aria-hidden />
        {children}
      </Button>
    </span>
  )
}
