/** Where pages and programs send a file to import: a body of up to `mostUploadBytes`, which no part of the server keeps in memory. */
export const uploadPath = '/api/v1/imports/file'

export const mostUploadBytes = 100 * 1024 * 1024
