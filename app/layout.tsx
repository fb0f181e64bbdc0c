import type { Metadata, Viewport } from 'next'
import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { EarlyClicks } from '@/components/frame/early-clicks'
import { Toaster } from '@/components/ui/toaster'
import { TooltipProvider } from '@/components/ui/tooltip-provider'
import { nonceOf } from '@/lib/platform/session/content-security-policy'
import { earlyClicksScript } from '@/components/frame/early-clicks-script'
import { chosenTheme } from '@/lib/platform/session/theme'
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
  const nonce = nonceOf((await headers()).get('content-security-policy'))
  return (
    <html
      lang="en-GB"
      data-theme={theme === 'system' ? undefined : theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        <script nonce={nonce} dangerouslySetInnerHTML={{ __html: earlyClicksScript }} />
        <TooltipProvider>{children}</TooltipProvider>
        <Toaster />
        <EarlyClicks />
      </body>
    </html>
  )
}
