'use client'

import { Download, FileOutput } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { CodeBlock } from '@/components/ui/code-block'
import { Dialog } from '@/components/ui/dialog'

type ExportMethodDialogProps = { name: string; document: string }

/** The method as a document, to copy or to save as a file. */
export function ExportMethodDialog({ name, document }: ExportMethodDialogProps) {
  const file = `${
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'method'
  }.yaml`
  return (
    <Dialog
      title={`${name} as a document`}
      description="The definition as it is saved, without any credentials. Paste it into another connector with Import, or keep it under version control."
      size="lg"
      trigger={
        <Button size="sm">
          <FileOutput aria-hidden />
          Export
        </Button>
      }
      footer={
        <a
          className={buttonStyle({})}
          download={file}
          href={`data:text/yaml;charset=utf-8,${encodeURIComponent(document)}`}
        >
          <Download aria-hidden />
          Download {file}
        </a>
      }
    >
      <CodeBlock label="Connection document" code={document} />
    </Dialog>
  )
}
