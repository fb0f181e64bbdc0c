import { CopyText } from '@/components/ui/copy-text'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Section } from '@/components/ui/section'
import type { InstallationView } from '@/lib/settings/views'

/** Addresses and encryption keys of this installation. */
export function InstallationFacts({ installation }: { installation: InstallationView }) {
  const { keys } = installation
  const others = keys.opening.filter((name) => name !== keys.sealing)
  return (
    <>
      <Section title="Addresses" description="Set by APP_URL and PATCHBAY_PUBLIC_URLS.">
        <KeyValueList
          items={[
            { label: 'Address', value: <code>{installation.appUrl}</code> },
            {
              label: 'Redirect URIs',
              value: (
                <ul className="grid gap-1.5">
                  {installation.redirectUris.map((uri) => (
                    <li key={uri}>
                      <CopyText text={uri} label={`Copy ${uri}`} />
                    </li>
                  ))}
                </ul>
              ),
            },
            {
              label: 'API from other sites',
              value: <ApiOrigins origins={installation.apiOrigins} />,
            },
            {
              label: 'Database',
              value: installation.builtInDatabase ? 'Built in' : 'The server named by DATABASE_URL',
            },
          ]}
        />
      </Section>
      <Section
        title="Encryption keys"
        description="Every secret is sealed with AES-256-GCM before it is stored. The keys come from PATCHBAY_ENCRYPTION_KEYS, or from the data folder with the built-in database."
      >
        <KeyValueList
          items={[
            { label: 'Seals new values', value: <code>{keys.sealing}</code> },
            {
              label: 'Older keys',
              value: others.length === 0 ? 'None' : <code>{others.join(', ')}</code>,
            },
          ]}
        />
      </Section>
    </>
  )
}

/** The pages that may use the API with a key (CORS). */
function ApiOrigins({ origins }: { origins: string[] }) {
  const variable = <code>PATCHBAY_API_CORS_ORIGINS</code>
  if (origins.length === 0) return <>Closed; {variable} opens it for pages of other sites</>
  return (
    <>
      <code>{origins.join(', ')}</code>, with an API key; set by {variable}
    </>
  )
}
