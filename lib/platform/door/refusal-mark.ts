/**
 * The beginning of a refusal that is sent to a script; the page shows the rest at the form. Separate from the refusals,
 * because the browser loads it.
 */
export const refusalMark = 'Refused: '
