import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { EarlyClicks } from '@/components/frame/early-clicks'
import { LoadedOnUse } from '@/components/ui/loaded-on-use'
import { SharedIconShapes } from '@/components/ui/shared-icon'
import { nonceOf } from '@/lib/platform/session/content-security-policy'
import { earlyClicksScript } from '@/components/frame/early-clicks-script'
import { chosenTheme } from '@/lib/platform/session/theme'
import { fontVariables } from './fonts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Patchbay', template: '%s · Patchbay' },
  description: 'Connectors, instances and the endpoints each instance may call.',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fcfcfd' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1114' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await chosenTheme()
  const sent = await headers()
  const nonce = nonceOf(sent.get('content-security-policy'))
  return (
    <html
      lang="en-GB"
      data-theme={theme === 'system' ? undefined : theme}
      data-apple={/Macintosh|iPhone|iPad/.test(sent.get('user-agent') ?? '') ? '' : undefined}
      className={fontVariables}
    >
      <body>
        <script type="module" async nonce={nonce} dangerouslySetInnerHTML={{ __html: earlyClicksScript }} />
        <SharedIconShapes />
        {children}
        <LoadedOnUse />
        <EarlyClicks />
      </body>
    </html>
  )
}
