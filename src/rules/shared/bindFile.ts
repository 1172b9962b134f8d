import { baseName } from '../../text/paths.ts';

const named = /[^/]\.[A-Za-z][A-Za-z0-9]{0,7}$/;
/** Names that look like those of files and are folders by custom, or no files of the sources. */
const folders = /\.(?:d|sock|socket|git|venv|egg|app|local|cache|data|io|com|org)$/i;
/** Names that only files have, whatever is on the other side. */
const surely = /[^/]\.(?:ya?ml|json|toml|ini|conf|cfg|properties|env|sh|py|sql|pem|crt|key|xml|txt|md|csv|parquet|lua|js|ts|html)$/i;

/** Whether both sides of a relative bind mount look like one file. */
export function looksLikeFile(source: string, target: string): boolean {
  if (!/^\.{1,2}\//.test(source) || source.endsWith('/') || target.endsWith('/') || folders.test(source)) return false;
  const [from = '', to = ''] = [source, target].map(baseName);
  if (named.test(source)) return named.test(target) || from === to;
  return surely.test(target) || (/^(?:\.env|\.htpasswd|\.netrc|\.npmrc|Caddyfile)$/.test(from) && from === to);
}
