/** Where a value still holds the words of an example: `<project>`, `YOUR_TOKEN`, `your-image`, `/path/to/model`. */
export function placeholder(value: string): { readonly index: number; readonly text: string } | undefined {
  const match =
    /<(?:your[\w -]*|[a-z][a-z]*(?:[-_ ](?:name|id|image|tag|version|dir|path|project|registry|user|username|account|region|bucket|repo|host|port|key|token))|project|image|tag|version|name|path|username|registry|model|module|package|app|service|hostname|repo|port)>|\bYOUR[_-](?:[A-Z]+[_-]?)*[A-Z]+\b|(?<![\w.-])your-(?:image|registry|repo|repository|org|organization|username|user|account|project|app|model|bucket|domain|company|server|name|dockerhub[\w-]*)\b(?![.@])|\/path\/to\/[\w./-]*|\byour_(?:image|registry|username|project|app|model|bucket)\b/.exec(
      value,
    );
  return match ? { index: match.index, text: match[0] } : undefined;
}
