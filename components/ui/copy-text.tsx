import { CopyButton } from '@/components/ui/copy-button'

/** One line of text to copy, such as a redirect URI or a key. */
export function CopyText({ text, label }: { text: string; label: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1 rounded-md border bg-subtle py-0.5 pr-0.5 pl-2.5">
      <code className="min-w-0 break-all select-all">{text}</code>
      <CopyButton text={text} label={label} />
    </span>
  )
}
