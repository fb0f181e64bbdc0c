'use client'

import { ErrorNotice } from '@/components/ui/error-notice'
import './globals.css'

/** Replaces the whole document if even the layout failed. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en-GB">
      <body>
        <title>Something went wrong · Patchbay</title>
        <main className="mx-auto grid min-h-dvh w-full max-w-xl content-center px-4">
          <ErrorNotice error={error} retry={retry} />
        </main>
      </body>
    </html>
  )
}
