/**
 * How the text of a refusal begins where a script gets it: the page shows the rest beside the form. Apart from the
 * refusals, because the browser loads it.
 */
export const refusalMark = 'Refused: '
