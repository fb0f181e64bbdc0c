import { LinkTabs } from '@/components/ui/link-tabs'

/** The sections of *Settings*, each with its own page. */
export function SettingsSections() {
  return (
    <LinkTabs
      label="Settings"
      exact
      tabs={[
        { href: '/settings', label: 'Installation' },
        { href: '/settings/people', label: 'People' },
        { href: '/settings/api-keys', label: 'API keys', exact: false },
        { href: '/settings/return-addresses', label: 'Return addresses' },
        { href: '/settings/mail', label: 'Mail' },
        { href: '/settings/retention', label: 'Retention' },
        { href: '/settings/workers', label: 'Workers' },
      ]}
    />
  )
}
