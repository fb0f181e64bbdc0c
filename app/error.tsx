'use client'

import { ErrorNotice } from '@/components/ui/error-notice'

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="mx-auto grid min-h-[70dvh] w-full max-w-xl content-center px-4">
      <ErrorNotice error={error} retry={retry} />
    </main>
  )
}
