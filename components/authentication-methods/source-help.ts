/** Shown below every field that locates a value in a response. */
export const sourceHelp =
  'A name or a JSON path ($.data.token) in a JSON, form or XML response; or header:Location, cookie:SESSION, text: (the whole response) or url:code (a parameter of the Location header).'

/** For methods with several token requests. */
export const stepSourceHelp = `${sourceHelp} Put step1: in front to read the response to the first token request.`
