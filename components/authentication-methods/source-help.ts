/** Under every field that says where something stands in an answer. */
export const sourceHelp =
  'A name or a JSON path ($.data.token) in a JSON, form or XML response; or header:Location, cookie:SESSION, text: (the whole response) or url:code (a parameter of the Location header).'

/** Where several token requests have answers. */
export const stepSourceHelp = `${sourceHelp} Put step1: in front to read the response to the first token request.`
