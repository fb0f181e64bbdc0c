'use client'

import Link from 'next/link'
import { useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { CancelImport } from '@/components/imports/cancel-import'
import { changeLabels } from '@/components/imports/update-words'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Section } from '@/components/ui/section'
import { confirmImportAction } from '@/lib/imports/import-actions'
import type { ImportView } from '@/lib/imports/import-views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type UpdateConnectorProps = { view: ImportView & { updates: NonNullable<ImportView['updates']> } }

/** What an update changes in numbers, the questions that it has, and the button that makes it. */
export function UpdateConnector({ view: { id, format, updates } }: UpdateConnectorProps) {
  const { connectorId, name, changes, schemas, conflicting, questions } = updates
  const [refusal, setRefusal] = useState('')
  const [confirm, confirming] = useAction(confirmImportAction, unansweredResult)
  const update = async (confirmed: boolean) => {
    setRefusal('')
    const answer = await confirm({ importId: id, confirmed })
    if (!answer.ok) setRefusal(answer.error.message)
  }
  const counts = changes.filter(({ change, total }) => change !== 'same' && total > 0)
  return (
    <Section
      title="Update"
      actions={
        <>
          <CancelImport importId={id} />
          <Button variant="primary" pending={confirming} onClick={() => void update(false)}>
            Update connector
          </Button>
        </>
      }
    >
      {refusal && <Alert tone="bad">{refusal}</Alert>}
      {questions.length > 0 && (
        <Alert
          tone="warn"
          title="Before the connector is updated"
          actions={
            <Button variant="primary" pending={confirming} onClick={() => void update(true)}>
              Update anyway
            </Button>
          }
        >
          <ul className="list-disc pl-4">
            {questions.map((question, index) => (
              <li key={index} className="break-words">
                {question}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <KeyValueList
        items={[
          {
            label: 'Connector',
            value: (
              <Link href={`/connectors/${connectorId}/overview`} className="text-accent-text hover:underline">
                {name}
              </Link>
            ),
          },
          { label: 'Format', value: format },
          ...counts.map(({ change, total, chosen }) => ({
            label: changeLabels[change],
            value: `${total.toLocaleString('en-GB')}, ${chosen.toLocaleString('en-GB')} chosen`,
          })),
          { label: 'Changed in both', value: conflicting === 0 ? null : conflicting.toLocaleString('en-GB') },
          {
            label: 'Schemas',
            value:
              schemas === 0 ? null : `${schemas.toLocaleString('en-GB')} added or changed, always as in the document`,
          },
        ]}
      />
      {counts.length === 0 && schemas === 0 && (
        <p className="text-muted">The document says what the connector has already. Nothing changes.</p>
      )}
    </Section>
  )
}
