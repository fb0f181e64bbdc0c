/** Under every field that says where something stands in an answer. */
export const sourceHelp =
  'A name or a JSON path ($.data.token) of a JSON, form or XML answer; or header:Location, cookie:SESSION, text: (the whole answer), url:code (a parameter of the Location).'

/** Where several token requests have answers. */
export const stepSourceHelp = `${sourceHelp} With step1: in front, of the answer of the first token request.`
