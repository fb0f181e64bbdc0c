import type { NextConfig } from 'next'
import { PHASE_PRODUCTION_BUILD } from 'next/constants'
import { mostBodyBytes } from './lib/platform/door/refusals'

const config = (phase: string): NextConfig => ({
  // Every page is per person, fresh, and may hold secret inputs: nothing is kept, cached or hidden in the DOM.
  cacheComponents: false,
  poweredByHeader: false,
  // The title comes with the page: streamed after it, a page that is read again would have none for a moment.
  htmlLimitedBots: /.*/,
  // `npm test` checks the types, of the tests too; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // The build finds out which files of node_modules the app needs: `npm run package` takes no others.
  output: phase === PHASE_PRODUCTION_BUILD ? 'standalone' : undefined,
  // No page has an image to optimise, and nobody else may have one optimised here.
  images: { unoptimized: true },
  // Uploads of certificates and icons (1 MB each, base64-free multipart).
  experimental: { serverActions: { bodySizeLimit: mostBodyBytes } },
  // Native or worker-starting packages stay outside the bundle.
  serverExternalPackages: ['@node-rs/argon2', 'pg', 'pg-boss', 'pino', 'undici', 'node-forge', 'prom-client'],
  // The development log must not show what was handed to an action, nor the code and state of an OAuth callback,
  // nor the token of a link.
  logging: { serverFunctions: false, incomingRequests: { ignore: [/^\/oauth\/authenticate/, /^\/authorise\//] } },
  turbopack: {
    rules: { '*.css': { loaders: ['@tailwindcss/turbopack'], as: '*.css' } },
  },
  // A section's address that is made from the overview's, where installing and importing lead.
  redirects: async () => [
    {
      source: '/connectors/:connectorId/overview/:section+',
      destination: '/connectors/:connectorId/:section+',
      permanent: false,
    },
  ],
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        // The address of an OAuth callback carries a code and a state: no other site may see it.
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
      ],
    },
  ],
})

export default config
