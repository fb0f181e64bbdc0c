'use client'

import type { EndpointTabProps } from '@/components/endpoints/endpoint-draft'
import { PagePreviews } from '@/components/endpoints/page-previews'
import { paginationOfType } from '@/components/endpoints/pagination-draft'
import { NumberField } from '@/components/forms/number-field'
import { SelectField } from '@/components/forms/select-field'
import { TextField } from '@/components/forms/text-field'
import { Alert } from '@/components/ui/alert'
import type { Pagination } from '@/lib/domain/pagination-schema'
import { pagePlaces, paginationTypes, type PagePlace, type PaginationType } from '@/lib/domain/vocabulary'

/** How the endpoint returns its records in pages, and what the second request would be. */
export function PaginationTab({ draft, change, errors, canChange }: EndpointTabProps) {
  const { pagination } = draft
  const set = (part: object) => change({ pagination: { ...pagination, ...part } as Pagination })
  const field = (name: string) => ({
    name: `pagination.${name}`,
    error: errors[`pagination.${name}`],
    readOnly: !canChange,
    autoComplete: 'off',
  })
  const needsRecords = ['page_number', 'offset', 'last_id'].includes(pagination.type)
  return (
    <div className="grid gap-6">
      <div className="grid max-w-3xl items-start gap-5 sm:grid-cols-2">
        <SelectField
          name="pagination.type"
          label="Pagination"
          options={Object.entries(paginationTypes).map(([value, label]) => ({ value, label }))}
          value={pagination.type}
          disabled={!canChange}
          error={errors['pagination.type'] ?? errors.pagination}
          help={explanations[pagination.type]}
          className="sm:col-span-2"
          onChange={(event) => {
            const type = event.target.value as PaginationType
            change({ pagination: paginationOfType(type, pagination) })
          }}
        />
        {'from' in pagination && (
          <TextField
            {...field('from')}
            label={reads[pagination.type].label}
            required
            mono
            spellCheck={false}
            maxLength={512}
            placeholder={reads[pagination.type].example}
            value={pagination.from}
            help={reads[pagination.type].help}
            onChange={(event) => set({ from: event.target.value })}
          />
        )}
        {'place' in pagination && (
          <SelectField
            name="pagination.place"
            label="Sent in"
            options={Object.entries(pagePlaces).map(([value, label]) => ({ value, label }))}
            value={pagination.place}
            disabled={!canChange}
            error={errors['pagination.place']}
            onChange={(event) => set({ place: event.target.value as PagePlace })}
          />
        )}
        {'parameter' in pagination && (
          <TextField
            {...field('parameter')}
            label="Parameter"
            required
            mono
            spellCheck={false}
            maxLength={256}
            placeholder={pagination.type === 'body_cursor' ? 'variables.after' : 'page'}
            value={pagination.parameter}
            help={
              pagination.type === 'body_cursor' || pagination.place === 'body'
                ? 'In a JSON body, a path such as variables.after. In a form, the name of a field.'
                : undefined
            }
            onChange={(event) => set({ parameter: event.target.value })}
          />
        )}
        {'first' in pagination && (
          <NumberField
            {...field('first')}
            label={pagination.type === 'offset' ? 'First offset' : 'First page'}
            value={pagination.first}
            onValueChange={(first) => set({ first })}
          />
        )}
        {'more' in pagination && (
          <TextField
            {...field('more')}
            label="More pages (optional)"
            mono
            spellCheck={false}
            maxLength={512}
            placeholder="$.has_more"
            value={pagination.more}
            help="Where the response says whether there are more pages. false, 0 or null there ends the reading."
            onChange={(event) => set({ more: event.target.value })}
          />
        )}
        {'mostPages' in pagination && (
          <NumberField
            {...field('mostPages')}
            label="Page limit"
            value={pagination.mostPages}
            help="No further page is requested."
            onValueChange={(mostPages) => set({ mostPages })}
          />
        )}
      </div>
      {needsRecords && draft.dataPath.trim() === '' && (
        <Alert tone="warn">
          Set the data path on the Response tab, unless the response itself is a list: the records of a page must be
          found to know where the reading ends.
        </Alert>
      )}
      <PagePreviews draft={draft} />
    </div>
  )
}

const explanations: Record<PaginationType, string> = {
  none: 'The response has all records.',
  page_number: 'Each request asks for the next page by its number. A page without records ends the reading.',
  offset: 'Each request says how many records were received so far. A page without records ends the reading.',
  next_url: 'The response has the URL of the next page. It may lead only to hosts of the connector.',
  next_token: 'The response has a token, which the next request sends.',
  link_header: 'The response has a Link header with rel="next" (RFC 8288).',
  last_id: 'The next request sends the ID of the last record.',
  body_cursor: 'The response has a cursor, which the next request sends in its body, as GraphQL does.',
}

const reads = {
  next_url: { label: 'URL of the next page', example: '$.next', help: 'A JSON path, or header:Name.' },
  next_token: { label: 'Token of the next page', example: '$.next_page_token', help: 'A JSON path, or header:Name.' },
  last_id: { label: 'ID of a record', example: 'id', help: 'Its name in the record, or a JSON path in it.' },
  body_cursor: {
    label: 'Cursor',
    example: '$.data.orders.pageInfo.endCursor',
    help: 'A JSON path, or header:Name.',
  },
}
