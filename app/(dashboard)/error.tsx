'use client'

import { ErrorNotice } from '@/components/ui/error-notice'

export default function DashboardError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div className="mx-auto grid w-full max-w-xl py-16">
      <ErrorNotice error={error} retry={retry} />
    </div>
  )
}
