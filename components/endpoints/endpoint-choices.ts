import { directions, httpMethods } from '@/lib/domain/vocabulary'

/** The options of an endpoint's selects. */
export const directionChoices = Object.entries(directions).map(([value, label]) => ({ value, label }))
export const httpMethodChoices = httpMethods.map((value) => ({ value, label: value }))

export const directionHelp = 'Receive brings records into a flow. Send uses a flow’s payload as the request body.'
