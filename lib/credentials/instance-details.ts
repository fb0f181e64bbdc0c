import { z } from 'zod'
import { isTimeZone } from '@/lib/domain/dates/time-zone'
import { pickFields, type FieldsOf } from '@/lib/domain/field-list'
import { compareFields } from '@/lib/domain/history/compare-values'
import type { FieldChange } from '@/lib/domain/history/field-change'
import { foldName } from '@/lib/domain/names'
import { anyText, keysOf, label, line, nameField } from '@/lib/domain/text-schema'
import { rateLimitUnits } from '@/lib/domain/vocabulary'

function numberOfRequests(largest: number) {
  const message = `Enter a whole number of requests between 1 and ${largest.toLocaleString('en-GB')}, or leave it empty.`
  return z.number(message).int(message).min(1, message).max(largest, message).nullable()
}

/** Words by which people group and find instances, without duplicates. */
const instanceLabels = z
  .array(label(40).refine((typed) => typed !== '' && !typed.includes(','), 'Separate labels with commas.'))
  .max(20, 'Enter at most 20 labels.')
  .overwrite((labels) => [...new Map(labels.map((typed) => [foldName(typed), typed])).values()])

function listOf(typed: string): string[] {
  return typed
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

/** As a list, or as the text that a form sends for it. */
export const labelsAsTyped = z
  .union([anyText(2_000).transform(listOf), z.array(z.string())])
  .default([])
  .pipe(instanceLabels)

/**
 * The only list of an instance's details. The input and the views, the values that wait for an authorisation, and the
 * written and audited columns derive from it. It is in this module because details and credentials are stored together.
 */
export const instanceDetails = {
  name: nameField,
  timeZone: line(64).trim().refine(isTimeZone, 'Choose a time zone from the list, for example Europe/London.'),
  /** Empty: the connector's format. */
  dateFormat: line(60).trim(),
  rateLimitAmount: numberOfRequests(1_000_000),
  rateLimitUnit: z.enum(keysOf(rateLimitUnits)).nullable(),
  maxConcurrent: numberOfRequests(1_000),
  /** The account's name in another system; may be empty. */
  externalId: line(200).trim().default(''),
  labels: instanceLabels.default([]),
}

export type InstanceDetails = FieldsOf<typeof instanceDetails>

/** Picks the details from a row, an input or settings. A unit without an amount is dropped; a row without ID has null. */
export function instanceDetailsOf(from: Record<keyof InstanceDetails, unknown>): InstanceDetails {
  const { rateLimitUnit, ...details } = pickFields(instanceDetails, { ...from, externalId: from.externalId ?? '' })
  return { ...details, rateLimitUnit: details.rateLimitAmount === null ? null : rateLimitUnit }
}

/** The changes, for the audit log. */
export function instanceChanges(before: InstanceDetails, after: InstanceDetails): FieldChange[] {
  return compareFields(instanceDetails, before, after)
}
