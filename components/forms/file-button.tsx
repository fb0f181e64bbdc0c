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
  /**
   * Larger files are refused, because they would only fill the form. No certificate is larger than the default of 256
   * KiB.
   */
  mostKibibytes?: number
}

/** Reads a file into the form, in the browser: nothing is sent before the form is saved. */
export function FileButton({ label, accept, onFile, children, mostKibibytes = 256 }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  const [refusal, setRefusal] = useState('')
  const choose = async (file: File | undefined) => {
    const tooLarge = file !== undefined && file.size > mostKibibytes * 1024
    setRefusal(
      tooLarge ? `This file is larger than ${mostKibibytes.toLocaleString('en-GB')} KiB. Choose a smaller one.` : '',
    )
    if (file && !tooLarge) await onFile(file)
    if (input.current) input.current.value = ''
  }
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {refusal && (
        <span role="alert" className="text-sm text-bad">
          {refusal}
        </span>
      )}
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={label}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => void choose(event.target.files?.[0])}
      />
      <Button size="sm" onClick={() => input.current?.click()}>
        <Upload aria-hidden />
        {children}
      </Button>
    </span>
  )
}
