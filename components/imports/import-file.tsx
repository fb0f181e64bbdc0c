'use client'

import { Upload } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState, type DragEvent } from 'react'
import { sendFile } from '@/components/imports/send-file'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'

/** A file is dropped here, or chosen. It is sent while the person may already look at something else. */
export function ImportFile({ updates }: { updates: string | null }) {
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  const [sent, setSent] = useState<number | null>(null)
  const [refusal, setRefusal] = useState('')
  const [isOver, setOver] = useState(false)
  const send = async (file: File | undefined) => {
    if (file === undefined || sent !== null) return
    setRefusal('')
    setSent(0)
    const answer = await sendFile(file, updates, setSent)
    setSent(null)
    if (input.current) input.current.value = ''
    if ('refusal' in answer) setRefusal(answer.refusal)
    // Not if the person has left the page in the meantime: the list of imports shows it.
    else if (input.current?.isConnected) router.push(`/connectors/import/${answer.id}`)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void send(event.dataTransfer.files[0])
  }
  return (
    <div className="grid gap-3">
      <div
        onDragOver={(event) => (event.preventDefault(), setOver(true))}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          'grid justify-items-center gap-3 rounded-lg border border-dashed px-4 py-8 text-center',
          isOver && 'border-accent bg-accent-subtle',
        )}
      >
        <p className="max-w-md text-pretty text-muted">
          Drop a file here: OpenAPI 2.0 to 3.2, a Postman collection or a connection document, as JSON or YAML, or a zip
          file of several files: a document with those that it refers to, or a collection with its environments. Up to
          100 MB.
        </p>
        <input
          ref={input}
          type="file"
          accept=".json,.yaml,.yml,.zip"
          aria-label="File to import"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => void send(event.target.files?.[0])}
        />
        <Button pending={sent !== null} onClick={() => input.current?.click()}>
          <Upload aria-hidden />
          Choose a file
        </Button>
        {sent !== null && <progress aria-label="Uploading" className="w-full max-w-xs" max={1} value={sent} />}
      </div>
      {refusal && <Alert tone="bad">{refusal}</Alert>}
    </div>
  )
}
